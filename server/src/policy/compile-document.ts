/** From the tree of a policy to its parts, and to what is wrong with them. Entries that a memory knows are taken from it. */
import type { CompiledEntry, CompiledPolicy, HiddenPattern, NameIndex } from './compiled.ts';
import { countRegexes } from './compile-conditions.ts';
import type { CompileMemory } from './compile-memory.ts';
import { compileEntry, compileRuleset } from './compile-ruleset.ts';
import { arrayAt, objectAt, stringAt } from './json/access.ts';
import { firstIndex } from './json/members.ts';
import type { JsonMember, JsonNode, JsonObject, Span } from './json/node.ts';
import { isPattern } from './pattern.ts';
import type { PolicyProblem } from './problem.ts';
import { sha256 } from './sha256.ts';
import { structuralProblems } from './structure.ts';

export interface CompiledDocument {
  /** In document order. */
  readonly problems: readonly PolicyProblem[];
  /** No policy as long as there are problems: where something is wrong, something is left out. Absent where the root is no object. */
  readonly policy?: CompiledPolicy;
}

export function compileDocument(source: string, root: JsonNode, memory: CompileMemory | undefined): CompiledDocument {
  if (root.kind !== 'object') return { problems: inOrder(formProblems(root)) };
  const { entries, problems } = compileTools(root, memory);
  const allTools = root.members.get('all_tools');
  const policy = policyOf(source, root, {
    hide: compileHide(root),
    tools: indexByName(entries),
    ...(allTools && { allTools: compileRuleset(allTools, '/all_tools', problems) }),
  });
  return { problems: inOrder(problems), policy };
}

const HASH_DIGITS = 12;

function policyOf(
  source: string,
  root: JsonObject,
  parts: Pick<CompiledPolicy, 'hide' | 'tools' | 'allTools'>,
): CompiledPolicy {
  const server = stringAt(root, 'server');
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
    ...parts,
  };
}

function compileHide(root: JsonObject): NameIndex<HiddenPattern> {
  const patterns = (arrayAt(root, 'hide')?.items ?? []).flatMap((node) =>
    node.kind === 'string' ? [{ key: node.value, start: node.start, end: node.end }] : [],
  );
  return indexByName(patterns);
}

interface CompiledTools {
  readonly entries: readonly CompiledEntry[];
  /** Of the whole document, as far as it has been looked at. */
  readonly problems: PolicyProblem[];
}

function compileTools(root: JsonObject, memory: CompileMemory | undefined): CompiledTools {
  const tools = objectAt(root, 'tools');
  const members = tools?.members ?? new Map<string, JsonMember>();
  const usable = memory?.hasRoomFor(members.size) ? memory : undefined;
  const fresh = new Map<string, JsonMember>();
  for (const [key, member] of members) if (!usable?.knows(member)) fresh.set(key, member);
  const form = inOrder(formProblems(fresh.size < members.size && tools ? withTools(root, tools, fresh) : root));
  if (!usable && !form.some(({ code }) => code === 'too-many-items')) memory?.foundRoomFor(members.size);
  const problems = [...form];
  const entries = Array.from(members, ([key, member]) => {
    const before = usable?.examined(member);
    if (before) {
      problems.push(...before.problems);
      return before.entry;
    }
    const own: PolicyProblem[] = [];
    const entry = compileEntry(key, member, own);
    problems.push(...own);
    memory?.remember(member, {
      entry,
      problems: [...inside(form, member), ...own],
      regexes: countRegexes(member.value),
    });
    return entry;
  });
  return { entries, problems };
}

/** What the schema and the form of its numbers have against a document. */
export function formProblems(root: JsonNode): PolicyProblem[] {
  const problems = structuralProblems(root);
  reportInexactNumbers(root, problems);
  return problems;
}

/** The same document with some of its entries alone: the schema says of each what it says of it beside the others. */
function withTools(root: JsonObject, tools: JsonObject, entries: JsonObject['members']): JsonObject {
  const { start, end } = tools;
  const members = new Map(root.members);
  const member = members.get('tools');
  if (member) members.set('tools', { key: member.key, value: { kind: 'object', start, end, members: entries } });
  return { kind: 'object', start: root.start, end: root.end, members };
}

/** Those that begin in the member. */
function inside(sorted: readonly PolicyProblem[], { key, value }: JsonMember): readonly PolicyProblem[] {
  const from = firstIndex(sorted, ({ span }) => span.start >= key.start);
  const to = firstIndex(sorted, ({ span }) => span.start >= value.end);
  return sorted.slice(from, to);
}

function indexByName<T extends { readonly key: string }>(items: readonly T[]): NameIndex<T> {
  const [exact, patterns] = [new Map<string, T>(), new Array<T>()];
  // Of equal names the first counts: Map keeps the last, so they are entered from the end.
  for (const item of items.toReversed()) {
    if (isPattern(item.key)) patterns.push(item);
    else exact.set(item.key, item);
  }
  return { exact, patterns: patterns.reverse() };
}

/** Reports numbers that readers of the policy would see differently: they must not decide anything (policy language §4). */
function reportInexactNumbers(node: JsonNode, problems: PolicyProblem[]): void {
  if (node.kind === 'number' && !node.exact) problems.push(inexactNumber(node));
  else if (node.kind === 'array') for (const item of node.items) reportInexactNumbers(item, problems);
  else if (node.kind === 'object') {
    for (const { value } of node.members.values()) reportInexactNumbers(value, problems);
  }
}

function inexactNumber({ start, end }: Span): PolicyProblem {
  const message = 'This number has more digits than JSON readers keep. Write it with fewer digits, or as a string.';
  return { code: 'inexact-number', message, span: { start, end } };
}

export function inOrder(problems: readonly PolicyProblem[]): PolicyProblem[] {
  return problems.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
