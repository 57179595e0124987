/** Renames a counter or the id of a condition, and the rules in policy tests that are named after it. Tools have the names that their server gives them. */
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver';
import { escapeToken } from '../../policy/index.ts';
import type { NamedPlace } from '../document/names.ts';
import type { TextView } from '../document/text-view.ts';
import { placesOf } from './references.ts';

/** Policy language §1. */
const MAX_LENGTH = 256;

export interface Renamable {
  readonly range: Range;
  readonly placeholder: string;
}

/** `null`: what stands there cannot be renamed. */
export function prepareRename(view: TextView, position: Position): Renamable | null {
  const place = renamableAt(view, position);
  if (place === undefined) return null;
  return { range: view.range({ start: place.start + 1, end: place.end - 1 }), placeholder: place.name };
}

/** The edit, or for people why there can be none. */
export function rename(
  view: TextView,
  position: Position,
  name: string,
  all: readonly TextView[],
): WorkspaceEdit | string {
  const at = renamableAt(view, position);
  if (at?.rule === undefined) return 'Only counters and ids of conditions can be renamed.';
  const renamed = `${at.rule.slice(0, at.rule.lastIndexOf('/'))}/${escapeToken(name)}`;
  const problem = unfit(name) ?? taken(view, at, renamed);
  if (problem !== undefined) return problem;
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const { view: each, place, range } of placesOf(view, position, all)) {
    const newText = JSON.stringify(place.kind === 'rule' ? renamed : name);
    (changes[each.uri] ??= []).push({ range, newText });
  }
  return { changes };
}

function renamableAt(view: TextView, position: Position): NamedPlace | undefined {
  const place = view.nameAt(view.offsetAt(position));
  return place?.kind === 'counter' || place?.kind === 'id' ? place : undefined;
}

function unfit(name: string): string | undefined {
  const length = Array.from(name).length;
  if (length === 0 || length > MAX_LENGTH) return `A name has 1 to ${MAX_LENGTH} characters.`;
  return /[\p{Cc}\p{Surrogate}]/u.test(name) ? 'A name has no control characters.' : undefined;
}

function taken(view: TextView, at: NamedPlace, rule: string): string | undefined {
  const other = view.names.some((place) => place.rule === rule && place.rule !== at.rule);
  return other ? `There is another ${at.kind === 'id' ? 'id' : 'counter'} of this name beside it.` : undefined;
}
