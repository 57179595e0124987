/** Whatever suggestion is accepted wherever: the text is JSON afterwards. */
import { describe, expect, it } from 'vitest';
import { readJson } from '../../server/src/policy/index.ts';
import { suggest } from './support/view.ts';

const POLICY = `{
  "version": "1", "default": "deny",
  "hide": ["delete_file"],
  "all_tools": { "limits": [{ "counter": "all", "window": "day", "max": 5 }] },
  "tools": {
    "transfer_funds": {
      "action": "require_approval", "approval": { "timeout": 60 },
      "deny_if": [{ "path": "args.amount", "op": "gt", "value": 100 }, { "conditions": [] }],
      "limits": [{ "counter": "sum", "window": "month", "max": 10, "increment_from": "args.amount" }]
    },
    "read_*": { "require": [{ "path": "args.encoding", "op": "in", "value": ["utf8"] }] },
    "write_file": { "rate_limit": { "max": 1, "window": 60 } }
  }
}`;

/** The suggestions at `offset` that leave something that is no JSON, and how many there were. */
function tryAll(text: string, offset: number): { tried: number; broken: string[] } {
  const marked = `${text.slice(0, offset)}|${text.slice(offset)}`;
  const { items, accept } = suggest(marked);
  const broken = items
    .filter(({ label }) => !isJson(accept(label)))
    .map(({ label }) => `${marked.slice(Math.max(0, offset - 30), offset + 30)}  ${label}`);
  return { tried: items.length, broken };
}

/** Duplicate keys are another matter: accepting `"op"` over `"path"` beside an `"op"` may make one. */
function isJson(text: string): boolean {
  const reading = readJson(text);
  return reading.ok || reading.problems.every(({ code }) => code === 'json-duplicate-key');
}

type Place = readonly [text: string, offset: number];

/** Fails as well when fewer suggestions were tried than there must be. */
function tryEverywhere(places: readonly Place[], atLeast: number): void {
  const results = places.map(([text, offset]) => tryAll(text, offset));
  expect(results.flatMap(({ broken }) => broken)).toEqual([]);
  expect(results.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThanOrEqual(atLeast);
}

/** The policy without what the pattern matches, each time at another place, with the cursor there. */
function holes(pattern: RegExp): readonly Place[] {
  return [...POLICY.matchAll(pattern)].map(({ 0: cut, index }) => [
    POLICY.slice(0, index) + POLICY.slice(index + cut.length),
    index,
  ]);
}

describe('every suggestion leaves valid JSON', () => {
  it('at every place of a valid policy', () => {
    tryEverywhere(
      Array.from(POLICY, (_, offset) => [POLICY, offset]),
      1_000,
    );
  });

  it('where a value is missing', () => tryEverywhere(holes(/(?<=: )("[^"]*"|\d+)/g), 50));

  it('where a member is missing', () => tryEverywhere(holes(/"\w+": ("[^"]*"|\d+)(?=,)/g), 40));

  it('where a member and its comma are missing', () => tryEverywhere(holes(/"\w+": ("[^"]*"|\d+),/g), 40));

  it('where an item is missing', () => tryEverywhere(holes(/(?<=\[)("[^"]*"|\{[^{}[\]]*\})/g), 10));
});
