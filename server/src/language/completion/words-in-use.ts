/** Values that no schema can list: counters and texts that the document has already, usual windows. */
import { CompletionItemKind } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { DraftNode } from '../document/draft.ts';
import type { Owner } from '../document/place.ts';
import { quoted, type Candidate } from './candidate.ts';
import type { CompletionContext } from './context.ts';

/** Texts for agents are sentences: more than a screen of them is no help. */
const MAX_TEXTS = 30;

/** For `counter`: a name of this ruleset's own, then those in use. One name in two rulesets still counts apart. */
export function counterNames({ view, cursor }: CompletionContext, owner: Owner): readonly Candidate[] {
  const own = counterBase(owner);
  const used = view.names.filter(({ kind, start }) => kind === 'counter' && start !== cursor.token?.start);
  const names = new Set([`${own}_rate`, `${own}_sum`, ...used.map(({ name }) => name)]);
  return [...names].map((name, index) => text(name, index < 2 ? 'new' : 'in use', index < 2 ? 0 : 1));
}

/** What counters of a ruleset are called after. */
export function counterBase(owner: Owner): string {
  return owner.kind === 'entry' ? owner.key.toLowerCase().replaceAll('*', 'any') : 'all';
}

/** For `on_deny` and `reason`: what agents are told elsewhere in this policy, and a usual sentence. */
export function denialTexts({ view, cursor }: CompletionContext): readonly Candidate[] {
  const used = new Set<string>();
  collectTexts(view.draft, cursor.token?.start, used);
  const usual = 'Requires human approval.';
  const known = [...used].filter((each) => each !== usual).slice(0, MAX_TEXTS);
  return [...known.map((each) => text(each, 'in use', 0)), text(usual, 'usual', 1)];
}

function collectTexts(node: DraftNode | undefined, besides: number | undefined, found: Set<string>): void {
  if (node?.kind === 'array') for (const item of node.items) collectTexts(item, besides, found);
  if (node?.kind !== 'object') return;
  for (const { key, value } of node.members) {
    const isText = key.value === 'on_deny' || key.value === 'reason';
    if (isText && value?.kind === 'string' && value.start !== besides && value.value !== '')
      found.add(String(value.value));
    collectTexts(value, besides, found);
  }
}

const WINDOWS: readonly (readonly [seconds: number, words: string])[] = [
  [60, 'a minute'],
  [3_600, 'an hour'],
  [86_400, 'a day'],
];

/** For the `window` of `rate_limit`: seconds. */
export function slidingWindows(): readonly Candidate[] {
  return WINDOWS.map(([seconds, words]) => ({
    label: String(seconds),
    kind: CompletionItemKind.Value,
    filter: String(seconds),
    text: [String(seconds)],
    note: words,
    rank: 0,
  }));
}

function text(value: string, note: string, rank: number): Candidate {
  return {
    label: escapeUntrusted(value),
    kind: CompletionItemKind.Text,
    filter: value,
    text: quoted(value),
    note,
    rank,
  };
}
