import { skeleton } from '../../catalog/confusable.ts';
import { replaceBy } from '../../policy/changes.ts';
import type { Fix } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { entryPlaces, hidePlaces, type NamePlace } from '../places.ts';
import { quote } from '../quote.ts';
import type { Draft, KnownTools, Rule } from '../rule.ts';

/** Suggestions are looked for this often in one document; a policy for another server would ask for thousands. */
const MAX_SUGGESTIONS = 100;

/** Names in `tools` and `hide` that the server does not list: such a rule silently does nothing. */
export const unknownTool: Rule = {
  code: 'unknown-tool',
  severity: 'warning',
  title: 'The server lists no such tool',
  local: true,
  *check({ policy, tools, reviewed }) {
    if (tools === undefined || tools.names.length === 0) return;
    let suggestions = 0;
    for (const place of [...entryPlaces(policy), ...hidePlaces(policy)]) {
      // One that was there is the business of tool-vanished.
      if (tools.byName.has(place.name) || reviewed?.byName.has(place.name)) continue;
      const meant = suggestions++ < MAX_SUGGESTIONS ? nearest(place.name, tools.names) : undefined;
      yield draft(place, meant, tools);
    }
  },
};

function draft(place: NamePlace, meant: string | undefined, tools: KnownTools): Draft {
  const rename: Fix[] =
    meant === undefined || place.taken(meant)
      ? []
      : [{ title: `Change to ${quote(meant)}`, edits: [replaceBy(place.span, meant)], preferred: true }];
  return {
    message: `${quote(tools.catalog.server)} lists no tool ${quote(place.name)}, so this has no effect. ${advice(place.name, meant)}`,
    span: place.span,
    fixes: [...rename, place.removal],
  };
}

function advice(name: string, meant: string | undefined): string {
  if (meant === undefined) return 'Check the name, or list the tools again.';
  if (meant.toLowerCase() === name.toLowerCase())
    return `Names are case-sensitive: the tool is called ${quote(meant)}.`;
  if (skeleton(meant) === skeleton(name)) return `It looks like ${quote(meant)} but is spelt with other characters.`;
  return `Did you mean ${quote(meant)}?`;
}
