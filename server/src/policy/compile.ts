/**
 * From the text of a policy to something that can judge calls, or to everything that is wrong with it (policy language §1).
 * Never throws; a document with any problem yields no policy (§7.5).
 */
import type { CompiledPolicy } from './compiled.ts';
import { countRegexes, regexPredicates } from './compile-conditions.ts';
import { compileDocument, formProblems, inOrder } from './compile-document.ts';
import type { CompileMemory } from './compile-memory.ts';
import { memberOf, objectAt, spanOf } from './json/access.ts';
import { MAX_BYTES } from './json/limits.ts';
import type { JsonNode, JsonProblem } from './json/node.ts';
import { readJson } from './json/reader.ts';
import { decodeText } from './json/text.ts';
import type { PolicyProblem } from './problem.ts';

export type Compilation =
  | { readonly ok: true; readonly policy: CompiledPolicy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/**
 * Each takes up to some milliseconds to compile, while no call is judged and no key stroke answered. A bound on the document keeps what
 * the language says of the rest (policy language §1): compiling later would find an invalid expression only when a call comes to it,
 * and a document with one is no policy.
 */
const MAX_REGEXES = 2_000;

/**
 * `source`: the file's bytes, or its text as an editor holds it. Problems stand in document order.
 * `memory`: what an earlier version of the same document has left; the outcome is the same with and without.
 */
export function compilePolicy(source: string | Uint8Array, memory?: CompileMemory): Compilation {
  const text = decodeText(source, MAX_BYTES);
  if (typeof text !== 'string') return { ok: false, problems: [readerProblem(text)] };
  const reading = memory ? memory.read(text) : readJson(text);
  if (!reading.ok) return { ok: false, problems: reading.problems.map(readerProblem) };
  const excess = excessOfRegexes(reading.root, memory);
  if (excess) return { ok: false, problems: inOrder([...formProblems(reading.root), excess]) };
  const { policy, problems } = compileDocument(text, reading.root, memory);
  if (policy && problems.length === 0) return { ok: true, policy };
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

/** Counted before any is compiled: compiling is what takes the time. */
function excessOfRegexes(root: JsonNode, memory: CompileMemory | undefined): PolicyProblem | undefined {
  const tools = [...(objectAt(root, 'tools')?.members.values() ?? [])];
  const all = memberOf(root, 'all_tools');
  let count = all ? countRegexes(all) : 0;
  for (const member of tools) count += memory?.regexesIn(member) ?? countRegexes(member.value);
  if (count <= MAX_REGEXES) return undefined;
  const predicates = [...tools.map(({ value }) => value), ...(all ? [all] : [])].flatMap(regexPredicates);
  const first = predicates[MAX_REGEXES];
  if (!first) return undefined;
  const message = `A policy has at most ${MAX_REGEXES} regular expressions, and this is one more. Put several into one, as in "^(a|b)$".`;
  return { code: 'too-many-items', message, span: spanOf(memberOf(first, 'value') ?? first) };
}

/** A problem of the strict reader, as one of the document. */
export function readerProblem({ code, message, start, end, related }: JsonProblem): PolicyProblem {
  const known = code === 'json-duplicate-key' ? 'duplicate-key' : code;
  return { code: known, message, span: { start, end }, ...(related && { related }) };
}
