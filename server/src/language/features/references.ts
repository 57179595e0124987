/** Where else a tool, counter or id is spoken of, and where it is defined: in this policy, in others, in policy tests. */
import type { Location, Position } from 'vscode-languageserver';
import { isAbout } from '../document/neighbours.ts';
import { isSame, type NamedPlace } from '../document/names.ts';
import type { TextView } from '../document/text-view.ts';

/** @param all - Every document to look through; `view` is one of them. */
export function references(view: TextView, position: Position, all: readonly TextView[]): Location[] {
  return placesOf(view, position, all).map(({ view: { uri }, range }) => ({ uri, range }));
}

/** The entry of a tool that is named elsewhere, the rule that a test expects. */
export function definitions(view: TextView, position: Position, all: readonly TextView[]): Location[] {
  const at = view.nameAt(view.offsetAt(position));
  return placesOf(view, position, all)
    .filter(({ view: { uri }, place }) => place.defines && (uri !== view.uri || place.start !== at?.start))
    .map(({ view: { uri }, range }) => ({ uri, range }));
}

export interface FoundPlace {
  readonly view: TextView;
  readonly place: NamedPlace;
  readonly range: Location['range'];
}

export function placesOf(view: TextView, position: Position, all: readonly TextView[]): readonly FoundPlace[] {
  const at = view.nameAt(view.offsetAt(position));
  if (at === undefined) return [];
  const within = all.filter((each) => at.kind === 'tool' || isAbout(each, view));
  return within.flatMap((each) =>
    each.names.filter((place) => isSame(at, place)).map((place) => ({ view: each, place, range: each.range(place) })),
  );
}
