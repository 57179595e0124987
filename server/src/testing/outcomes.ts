/** Every way in which a policy can decide calls of one tool, under the names that the log gives them: what a test may expect. */
import { explainTool, type CompiledPolicy } from '../policy/index.ts';
import { RULES } from '../policy/judge.ts';
import { SENTENCES } from '../policy/sentences.ts';
import type { Call } from '../policy/decision.ts';
import type { Case } from './generated/document.ts';

export interface Outcome {
  readonly decision: Case['expect']['decision'];
  /** As in the log; empty for a plain allow. */
  readonly rule: string;
  /** For people: when it decides. */
  readonly text: string;
}

/** In the order of the decision (policy language §3). `upstream`: whether the server lists the tool, as far as that is known. */
export function outcomesFor(
  policy: CompiledPolicy,
  tool: string,
  upstream: Call['upstream'] = 'unchecked',
): readonly Outcome[] {
  const { standing, rule, sentence, rulesets } = explainTool(policy, tool);
  const always: Outcome = { decision: 'deny', rule, text: sentence };
  if (standing === 'hidden' || standing === 'unsafe') return [always];
  if (upstream === 'missing') return [{ ...always, rule: RULES.unknownTool, text: SENTENCES.missingTool }];
  if (upstream === 'duplicate') return [{ ...always, rule: RULES.unknownTool, text: SENTENCES.duplicateTool }];
  const restrictions = rulesets.flatMap((ruleset) => ruleset.restrictions);
  const denials = restrictions.map((each): Outcome => ({ decision: 'deny', rule: each.rule, text: each.text }));
  if (standing === 'approval') return [...denials, { decision: 'needs_approval', rule, text: sentence }];
  if (standing !== 'denied') return [...denials, { decision: 'allow', rule: '', text: sentence }];
  return restrictions.some((each) => each.rule === rule) ? denials : [always];
}
