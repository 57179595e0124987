/** Every tool that a policy is about, with its risk and what the engine decides for it. */
import { escapeUntrusted } from '../../catalog/escape.ts';
import { toolsByName } from '../../catalog/fingerprint.ts';
import type { Tool } from '../../catalog/tool.ts';
import { compilePolicy, explainTool, type CompiledPolicy } from '../../policy/index.ts';
import { restrictionsOf } from '../../policy/explain.ts';
import type { PolicyTool, PolicyToolsResult } from '../../protocol/policyTools.ts';
import type { PolicyView } from '../document/policy-view.ts';
import { riskOf, type KnownTools } from '../tools/known-tools.ts';
import { stateIn } from './state.ts';

/** Code points of a description: a row has one line. */
const DESCRIPTION = 240;

export function policyTools(view: PolicyView, known: KnownTools): PolicyToolsResult {
  const { policy } = view;
  if (policy === undefined) return invalid(view);
  const { server, state, catalog } = known;
  const listed = catalog && toolsByName(catalog);
  const named = [...policy.tools.exact.keys(), ...policy.hide.exact.keys()];
  const names = [...new Set([...(listed?.keys() ?? []), ...named])];
  const everyTool = policy.allTools ? restrictionsOf(policy.allTools) : [];
  return {
    kind: 'policy',
    ...(server !== undefined && { server }),
    list: state.state,
    ...(state.problem !== undefined && { problem: escapeUntrusted(state.problem) }),
    default: policy.default,
    everyTool: everyTool.map(({ text, rule }) => ({ text: escapeUntrusted(text), rule })),
    tools: names.map((name) => rowOf(policy, name, listed?.get(name))),
  };
}

function rowOf(policy: CompiledPolicy, name: string, tool: Tool | undefined): PolicyTool {
  const standing = explainTool(policy, name);
  const restrictions = standing.rulesets.flatMap((ruleset) => ruleset.restrictions);
  const risk = tool && riskOf(tool);
  return {
    name,
    label: escapeUntrusted(name),
    description: escapeUntrusted((tool?.description ?? tool?.title ?? '').trim(), { max: DESCRIPTION }),
    ...(risk && { risk: { level: risk.level, category: risk.category, why: risk.why.join(' ') } }),
    state: stateIn(standing),
    standing: standing.standing,
    rule: escapeUntrusted(standing.rule),
    rules: restrictions.map(({ text }) => escapeUntrusted(text)),
    sentence: standing.sentence,
  };
}

/** The first problem: mending it may mend the others. */
function invalid(view: PolicyView): PolicyToolsResult {
  const compiled = compilePolicy(view.text);
  const first = compiled.ok ? undefined : compiled.problems[0];
  const range = view.range(first?.span ?? { start: 0, end: 0 });
  return { kind: 'invalid', problem: escapeUntrusted(first?.message ?? ''), range };
}
