/**
 * Mutated policies: every feature answers at any place of any of them, and where the text is JSON, whatever edit is offered leaves JSON.
 * A case is made of its seed alone.
 */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PolicyView } from '../../../server/src/language/document/policy-view.ts';
import { readJson } from '../../../server/src/policy/index.ts';
import { useEverything, type Offer } from './everything.ts';
import { known, TOOLS, viewOf } from './view.ts';

const POLICY = `{
  "version": "1", "default": "deny", "server": "files",
  "hide": ["delete_file", "admin_*"],
  "all_tools": { "rate_limit": { "max": 10, "window": 60 }, "deny_if": [{ "path": "client.name", "op": "eq", "value": "x" }] },
  "tools": {
    "transfer_funds": {
      "action": "require_approval", "approval": { "timeout": 60, "remember": "session" },
      "deny_if": [{ "id": "much", "path": "args.amount", "op": "gt", "value": 100, "on_deny": "No." }, { "conditions": [] }],
      "require": [{ "conditions": [{ "path": "args.to", "op": "exists" }, { "path": "args.to", "op": "in", "value": ["a", "b"] }] }],
      "limits": [{ "counter": "sum", "window": "month", "max": 10, "scope": "server", "increment_from": "args.amount" }]
    },
    "read_*": { "require": [{ "path": "args[\\"line range\\"][*].from", "op": "lte", "value": 5 }] },
    "*": {}, "write_file": { "reason": "Because.", "limits": [{ "counter": "w", "window": "day", "max": 1 }] }
  }
}`;

const NOISE = [
  '',
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\n',
  '🏰',
  '\ud800',
  '//',
  '/*',
  'x',
  '-',
  '1e999',
  'null',
  '\u202e',
  '\u0000',
];
/** Pieces that leave JSON where one stands for another. */
const VALUES = [
  '""',
  '0',
  '-1.5e3',
  'true',
  'null',
  '[]',
  '{}',
  '["a", 1]',
  '{ "path": "args.to", "op": "exists" }',
  '"read_file"',
  '"args.amount"',
  '"\\u202e"',
];
const TOKEN = /"(?:[^"\\\n]|\\.)*"(?!\s*:)|-?\d+(?:\.\d+)?|true|false|null|\[\]|\{\}/g;

export interface Finding {
  readonly seed: number;
  readonly what: string;
}

/** Milliseconds that one case may take: far beyond what any needs, so that only a hang or a blow-up is found. */
const TOO_LONG = 5_000;

/** `undefined`: nothing was found. */
export function fuzzCase(seed: number): Finding | undefined {
  const random = generator(seed);
  const text = random(2) === 0 ? noisy(random) : changed(random);
  const view = afterPolicy(text);
  const offset = random(text.length + 1);
  const started = performance.now();
  try {
    const offers = useEverything(view, view.range({ start: offset, end: offset }).start, known(TOOLS));
    if (performance.now() - started > TOO_LONG) return { seed, what: 'took too long' };
    const broken = isJson(text) ? offers.find(({ edits }) => !isJson(applied(text, edits))) : undefined;
    return broken && { seed, what: `${broken.name} leaves no JSON` };
  } catch (error) {
    return { seed, what: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The text as the next version of the policy, so that what is known of the one is used for the other. */
function afterPolicy(text: string): PolicyView {
  const before = viewOf(POLICY);
  before.findings(known(TOOLS));
  return new PolicyView(TextDocument.create(before.uri, 'mcp-policy', 2, text), before.memory);
}

/** The policy with up to four pieces cut out, doubled or replaced by noise. */
function noisy(random: Random): string {
  let text = POLICY;
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(text.length + 1);
    const length = random(14);
    const piece = random(3) === 0 ? text.slice(at, at + random(60)) : (NOISE[random(NOISE.length)] ?? '');
    text = text.slice(0, at) + piece + text.slice(at + length);
  }
  return text;
}

/** The policy with up to six of its values exchanged: still JSON, and seldom a policy. */
function changed(random: Random): string {
  let text = POLICY;
  for (let times = 1 + random(6); times > 0; times--) {
    const tokens = [...text.matchAll(TOKEN)];
    const token = tokens[random(tokens.length)];
    if (token === undefined) continue;
    text =
      text.slice(0, token.index) + (VALUES[random(VALUES.length)] ?? '""') + text.slice(token.index + token[0].length);
  }
  return text;
}

function applied(text: string, edits: Offer['edits']): string {
  return TextDocument.applyEdits(TextDocument.create('', 'json', 0, text), [...edits]);
}

/** A key that stands twice is another matter: a fix may be about just that. */
function isJson(text: string): boolean {
  const reading = readJson(text);
  return reading.ok || reading.problems.every(({ code }) => code === 'json-duplicate-key');
}

/** A whole number from 0 up to, not including, the bound. */
type Random = (bound: number) => number;

/** Mulberry32: small, and the same on every machine. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound);
  };
}
