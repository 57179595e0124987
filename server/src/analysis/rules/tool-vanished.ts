import { diffCatalogs } from '../../catalog/index.ts';
import { replaceBy } from '../../policy/changes.ts';
import type { Fix } from '../finding.ts';
import { entryPlaces, hidePlaces, type NamePlace } from '../places.ts';
import { quote } from '../quote.ts';
import type { Rule } from '../rule.ts';
import { lastReview } from './tool-changed.ts';

/** Names of tools that the server listed when the policy was last written or reviewed, and lists no more. */
export const toolVanished: Rule = {
  code: 'tool-vanished',
  severity: 'warning',
  title: 'The server does not list this tool any more',
  local: true,
  *check({ policy, tools, reviewed }) {
    if (tools === undefined || reviewed === undefined || tools.names.length === 0) return;
    let renamed: ReadonlyMap<string, string> | undefined;
    for (const place of [...entryPlaces(policy), ...hidePlaces(policy)]) {
      if (tools.byName.has(place.name) || !reviewed.byName.has(place.name)) continue;
      renamed ??= new Map(
        diffCatalogs(reviewed.catalog, tools.catalog).renamed.map(({ before, after }) => [before, after]),
      );
      const now = renamed.get(place.name);
      const advice =
        now === undefined
          ? 'Remove this, unless the tool is to come back: then this still governs it.'
          : `${quote(now)} has the same definition: if the tool was renamed, nothing here governs it under its new name.`;
      yield {
        message: `${quote(tools.catalog.server)} listed ${quote(place.name)} when ${lastReview(reviewed)}, and lists it no more. ${advice}`,
        span: place.span,
        fixes: [...renameFix(place, now), place.removal],
      };
    }
  },
};

function renameFix({ span, taken }: NamePlace, now: string | undefined): readonly Fix[] {
  if (now === undefined || taken(now)) return [];
  return [{ title: `Change to ${quote(now)}`, edits: [replaceBy(span, now)], preferred: true }];
}
