/** Inlay hints: behind the name of a tool its risk and, where wanted, what the policy decides; behind a pattern the highest risk it reaches. */
import type { InlayHint, Range } from 'vscode-languageserver';
import { explainTool, isPattern, RISK_LEVELS } from '../../policy/index.ts';
import { governedTools } from '../completion/context.ts';
import type { NamedPlace } from '../document/names.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { Risk } from '../../risk/verdict.ts';
import type { Settings } from '../settings.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';
import { levelBadge, riskBadge } from '../tools/risk-words.ts';
import { standingWords } from '../tools/standing-words.ts';

export function inlayHints(
  view: PolicyView,
  range: Range,
  tools: KnownTools,
  show: Settings['inlayHints'],
): InlayHint[] {
  const { start, end } = view.spanOf(range);
  return view.names
    .filter((place) => place.kind === 'tool' && start <= place.end && place.start <= end)
    .flatMap((place) => {
      const risk = show.risk ? riskiest(place.name, tools) : undefined;
      const label = wordsFor(view, place, risk, show).join(' · ');
      const position = view.range({ start: place.end, end: place.end }).start;
      const tooltip = risk && riskBadge(risk);
      return label === '' ? [] : [{ position, label, paddingLeft: true, ...(tooltip && { tooltip }) }];
    });
}

function wordsFor(
  { policy }: PolicyView,
  { name }: NamedPlace,
  risk: Risk | undefined,
  show: Settings['inlayHints'],
): readonly string[] {
  const reach = isPattern(name) ? 'up to ' : '';
  return [
    ...(risk ? [`${reach}${levelBadge(risk)}`] : []),
    ...(show.decisions && policy && !isPattern(name) ? [standingWords(explainTool(policy, name))] : []),
  ];
}

/** Of the tool, or of the tools that a pattern matches the one with the highest level. */
function riskiest(name: string, tools: KnownTools): Risk | undefined {
  const governed = isPattern(name) ? governedTools(tools, { kind: 'entry', key: name }) : [findTool(tools, name)];
  const risks = governed.flatMap((tool) => (tool ? [riskOf(tool)] : []));
  const level = RISK_LEVELS.findLast((each) => risks.some((risk) => risk.level === each));
  return risks.find((risk) => risk.level === level);
}
