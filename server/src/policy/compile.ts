/**
 * From the text of a policy to something that can judge calls, or to everything that is wrong with it (policy language §1).
 * Never throws; a document with any problem yields no policy (§7.5).
 */
import type { CompiledEntry, CompiledPolicy, HiddenPattern, NameIndex } from './compiled.ts';
import { regexPredicates } from './compile-conditions.ts';
import { compileEntry, compileRuleset } from './compile-ruleset.ts';
import { arrayAt, memberOf, objectAt, spanOf, stringAt } from './json/access.ts';
import { MAX_BYTES } from './json/limits.ts';
import type { JsonNode, JsonObject, JsonProblem } from './json/node.ts';
import { readJson } from './json/reader.ts';
import { decodeText } from './json/text.ts';
import { isPattern } from './pattern.ts';
import type { PolicyProblem } from './problem.ts';
import { sha256 } from './sha256.ts';
import { structuralProblems } from './structure.ts';

export type Compilation =
  | { readonly ok: true; readonly policy: CompiledPolicy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

const HASH_DIGITS = 12;

/**
 * Each takes up to some milliseconds to compile, while no call is judged and no key stroke answered. A bound on the document keeps what
 * the language says of the rest (policy language §1): compiling later would find an invalid expression only when a call comes to it,
 * and a document with one is no policy.
 */
const MAX_REGEXES = 2_000;

/** `source`: the file's bytes, or its text as an editor holds it. Problems stand in document order. */
export function compilePolicy(source: string | Uint8Array): Compilation {
  const text = decodeText(source, MAX_BYTES);
  if (typeof text !== 'string') return { ok: false, problems: [readerProblem(text)] };
  const reading = readJson(text);
  if (!reading.ok) return { ok: false, problems: reading.problems.map(readerProblem) };
  const problems = structuralProblems(reading.root);
  reportInexactNumbers(reading.root, problems);
  const excess = excessOfRegexes(reading.root);
  if (excess) return { ok: false, problems: [...problems, excess].sort(byPlace) };
  const policy = compileDocument(text, reading.root, problems);
  if (policy && problems.length === 0) return { ok: true, policy };
  problems.sort(byPlace);
  if (policy) drafts.set(problems, policy);
  return { ok: false, problems };
}

const drafts = new WeakMap<readonly PolicyProblem[], CompiledPolicy>();

/**
 * What could be made of a document with these very problems, for findings about its sound parts. It is no policy: where something is wrong, something
 * is left out, so that judging a call by it would let through what was to be denied. Therefore it is no part of the room's public face.
 */
export function draftWith(problems: readonly PolicyProblem[]): CompiledPolicy | undefined {
  return drafts.get(problems);
}

function compileDocument(source: string, root: JsonNode, problems: PolicyProblem[]): CompiledPolicy | undefined {
  if (root.kind !== 'object') return undefined;
  const server = stringAt(root, 'server');
  const allTools = root.members.get('all_tools');
  let hash: string | undefined;
  return {
    source,
    root,
    /** Computed when first asked for: the editor compiles on every keystroke and never asks. */
    get hash() {
      return (hash ??= sha256(new TextEncoder().encode(source)).slice(0, HASH_DIGITS));
    },
    ...(server !== undefined && { server }),
    default: stringAt(root, 'default') === 'allow' ? 'allow' : 'deny',
    hide: compileHide(root),
    tools: compileTools(root, problems),
    ...(allTools && { allTools: compileRuleset(allTools, '/all_tools', problems) }),
  };
}

function compileHide(root: JsonObject): NameIndex<HiddenPattern> {
  const patterns = (arrayAt(root, 'hide')?.items ?? []).flatMap((node) =>
    node.kind === 'string' ? [{ key: node.value, start: node.start, end: node.end }] : [],
  );
  return indexByName(patterns);
}

function compileTools(root: JsonObject, problems: PolicyProblem[]): NameIndex<CompiledEntry> {
  const members = [...(objectAt(root, 'tools')?.members ?? [])];
  return indexByName(members.map(([key, member]) => compileEntry(key, member, problems)));
}

function indexByName<T extends { readonly key: string }>(items: readonly T[]): NameIndex<T> {
  const patterns = items.filter(({ key }) => isPattern(key));
  // Of equal names the first counts: Map keeps the last, so they are entered from the end.
  const exact = new Map(
    items
      .filter(({ key }) => !isPattern(key))
      .map((item) => [item.key, item] as const)
      .reverse(),
  );
  return { exact, patterns };
}

/** Counted before any is compiled: compiling is what takes the time. */
function excessOfRegexes(root: JsonNode): PolicyProblem | undefined {
  const tools = [...(objectAt(root, 'tools')?.members.values() ?? [])].map(({ value }) => value);
  const all = memberOf(root, 'all_tools');
  const predicates = [...tools, ...(all ? [all] : [])].flatMap(regexPredicates);
  const first = predicates[MAX_REGEXES];
  if (!first) return undefined;
  const message = `A policy has at most ${MAX_REGEXES} regular expressions, and this is one more. Put several into one, as in "^(a|b)$".`;
  return { code: 'too-many-items', message, span: spanOf(memberOf(first, 'value') ?? first) };
}

/** Reports numbers that readers of the policy would see differently: they must not decide anything (policy language §4). */
function reportInexactNumbers(node: JsonNode, problems: PolicyProblem[]): void {
  if (node.kind === 'number' && !node.exact) problems.push(inexactNumber(node.start, node.end));
  else if (node.kind === 'array') for (const item of node.items) reportInexactNumbers(item, problems);
  else if (node.kind === 'object') {
    for (const { value } of node.members.values()) reportInexactNumbers(value, problems);
  }
}

function inexactNumber(start: number, end: number): PolicyProblem {
  const message = 'This number has more digits than JSON readers keep. Write it with fewer digits, or as a string.';
  return { code: 'inexact-number', message, span: { start, end } };
}

/** A problem of the strict reader, as one of the document. */
export function readerProblem({ code, message, start, end, related }: JsonProblem): PolicyProblem {
  const known = code === 'json-duplicate-key' ? 'duplicate-key' : code;
  return { code: known, message, span: { start, end }, ...(related && { related }) };
}

function byPlace(a: PolicyProblem, b: PolicyProblem): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
