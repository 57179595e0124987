/** Inlay hints: behind the name of a tool its risk and, where wanted, what the policy decides; behind a pattern the highest risk it reaches. */
import type { InlayHint, Range } from 'vscode-languageserver';
import { explainTool, isPattern, RISK_LEVELS } from '../../policy/index.ts';
import { governedTools } from '../completion/context.ts';
import { namesIn, type NamedPlace } from '../document/names.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { Settings } from '../settings.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';
import { standingWords } from '../tools/standing-words.ts';

export function inlayHints(
  view: PolicyView,
  range: Range,
  tools: KnownTools,
  show: Settings['inlayHints'],
): InlayHint[] {
  const { start, end } = view.spanOf(range);
  return namesIn(view.draft)
    .filter((place) => place.kind === 'tool' && start <= place.end && place.start <= end)
    .flatMap((place) => {
      const label = wordsFor(view, place, tools, show).join(' · ');
      const position = view.range({ start: place.end, end: place.end }).start;
      return label === '' ? [] : [{ position, label, paddingLeft: true }];
    });
}

function wordsFor(
  { policy }: PolicyView,
  { name }: NamedPlace,
  tools: KnownTools,
  show: Settings['inlayHints'],
): readonly string[] {
  if (isPattern(name)) return show.risk ? highestRisk(name, tools) : [];
  const tool = findTool(tools, name);
  return [
    ...(show.risk && tool ? [riskBadge(riskOf(tool))] : []),
    ...(show.decisions && policy ? [standingWords(explainTool(policy, name))] : []),
  ];
}

function highestRisk(pattern: string, tools: KnownTools): readonly string[] {
  const risks = governedTools(tools, { kind: 'entry', key: pattern }).map(riskOf);
  const level = RISK_LEVELS.findLast((each) => risks.some((risk) => risk.level === each));
  const highest = risks.find((risk) => risk.level === level);
  return highest === undefined ? [] : [`up to ${riskBadge(highest)}`];
}
