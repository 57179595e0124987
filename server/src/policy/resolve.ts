/** What a path finds in a call (policy language §4 "Steps"). Own members only, whatever their names. */
import type { Call } from './decision.ts';
import type { JsonNode } from './json/node.ts';
import type { FactRoot, ParsedPath, PathStep } from './path.ts';

/** `undefined`: the path is absent. `unreachable`: a step leads into a value of another kind. */
export type Resolved = JsonNode | undefined | 'unreachable';

/** Calls `visit` for the path's value: once, or for a path with `[*]` once for every element (not at all for an empty array). */
export function visitValues(path: ParsedPath, call: Call, visit: (value: Resolved) => void): void {
  if (path.root === 'args') walk(call.arguments, path.steps, visit);
  else visit(factNode(path.root, call) ?? 'unreachable');
}

/** The value of a path without `[*]`. */
export function resolveSingle(path: ParsedPath, call: Call): Resolved {
  let found: Resolved;
  visitValues(path, call, (value) => {
    found = value;
  });
  return found;
}

function walk(node: JsonNode | undefined, steps: readonly PathStep[], visit: (value: Resolved) => void): void {
  let current: Resolved = node;
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'every' && current?.kind === 'array') {
      const rest = steps.slice(i + 1);
      for (const item of current.items) walk(item, rest, visit);
      return;
    }
    current = take(current, step);
    if (current === undefined || current === 'unreachable') break;
  }
  visit(current);
}

function take(node: JsonNode | undefined, step: PathStep): Resolved {
  if (!node || node.kind === 'null') return undefined;
  if (step.kind === 'key') return node.kind === 'object' ? node.members.get(step.name)?.value : 'unreachable';
  if (step.kind === 'index') return node.kind === 'array' ? node.items[step.index] : 'unreachable';
  return 'unreachable';
}

function factNode(root: FactRoot, call: Call): JsonNode | undefined {
  const value = factValue(root, call);
  return value === undefined ? undefined : { kind: 'string', value, start: 0, end: 0 };
}

function factValue(root: FactRoot, call: Call): string | undefined {
  switch (root) {
    case 'tool.name':
      return call.tool;
    case 'tool.category':
      return call.category;
    case 'tool.risk':
      return call.risk;
    case 'grant.label':
      return call.caller.grantLabel;
    case 'client.name':
      return call.caller.client;
  }
}
