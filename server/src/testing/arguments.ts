/** What a tool's input schema has against the arguments of a call. Bounded in work: schema and arguments may both be hostile. */
import { nearest } from '../analysis/nearest.ts';
import { quote, quoteSome } from '../analysis/quote.ts';
import { mismatch } from '../analysis/rules/value-type-mismatch.ts';
import { boundBroken } from '../analysis/values/conform.ts';
import { argumentPaths, findArgument, type AbsentArgument } from '../catalog/index.ts';
import type { Tool } from '../catalog/tool.ts';
import { parsePath, type JsonNode, type JsonObject, type PathStep, type Span } from '../policy/index.ts';

export interface ArgumentProblem {
  readonly message: string;
  readonly span: Span;
  /** The key that was most likely meant, where the span is a key. */
  readonly didYouMean?: string;
}

/** Values that are looked at in one call; the rest counts as fine. */
const MAX_VALUES = 2_000;

/** @param at - Where the call stands, for arguments that are missing. */
export function argumentProblems(tool: Tool, args: JsonObject | undefined, at: Span): readonly ArgumentProblem[] {
  const found = args ? [...problemsIn(tool, args)] : [];
  const missing = requiredKeys(tool).filter((key) => !args?.members.has(key));
  if (missing.length === 0) return found;
  return [...found, { message: `Tool ${quote(tool.name)} requires ${quoteSome(missing)}.`, span: args ?? at }];
}

function requiredKeys({ inputSchema }: Tool): readonly string[] {
  return argumentPaths(inputSchema).flatMap(({ path, required }) => {
    if (!required) return [];
    const parsed = parsePath(path);
    const [first, ...rest] = parsed.ok ? parsed.path.steps : [];
    return first?.kind === 'key' && rest.length === 0 ? [first.name] : [];
  });
}

interface Place {
  readonly steps: readonly PathStep[];
  readonly node: JsonNode;
  /** What is underlined when the place itself is unknown: the key. */
  readonly name: Span;
}

function* problemsIn(tool: Tool, args: JsonObject): Generator<ArgumentProblem> {
  const queue = [...childrenOf({ steps: [], node: args, name: args })];
  for (let next = 0; next < queue.length && next < MAX_VALUES; next++) {
    const place = queue[next];
    if (place === undefined) return;
    const found = findArgument(tool.inputSchema, place.steps);
    if (found.kind === 'absent') yield unknown(tool, found, place.name);
    if (found.kind !== 'found') continue;
    const wrong = mismatch(found.argument, place.node) ?? boundBroken(place.node, found.argument);
    if (wrong === undefined) queue.push(...childrenOf(place));
    else yield { message: `${found.argument.path} of tool ${quote(tool.name)} ${wrong}`, span: place.node };
  }
}

function* childrenOf({ steps, node }: Place): Generator<Place> {
  if (node.kind === 'object') {
    for (const [name, { key, value }] of node.members)
      yield { steps: [...steps, { kind: 'key', name }], node: value, name: key };
  }
  if (node.kind !== 'array') return;
  for (const [index, item] of node.items.entries())
    yield { steps: [...steps, { kind: 'index', index }], node: item, name: item };
}

function unknown(tool: Tool, { missing, parent, keys }: AbsentArgument, span: Span): ArgumentProblem {
  if (missing.kind !== 'key') return { message: `${parent} of tool ${quote(tool.name)} has no such element.`, span };
  const didYouMean = nearest(missing.key, keys);
  const where = parent === 'args' ? `Tool ${quote(tool.name)}` : `${parent} of tool ${quote(tool.name)}`;
  const known = keys.length === 0 ? 'it takes none' : `it has ${quoteSome(keys)}`;
  return {
    message: `${where} has no argument ${quote(missing.key)}; ${known}.`,
    span,
    ...(didYouMean !== undefined && { didYouMean }),
  };
}
