/**
 * What a tool's input schema says of one argument path: found, open (anything may be there) or absent, and then what is there instead.
 */
import { parsePath, type PathStep } from '../policy/path.ts';
import { describeArgument, elementSchema, type ArgumentPath } from './argument.ts';
import { everyElementPath, indexPath, keyPath } from './path.ts';
import type { JsonType } from './schema/node.ts';
import { schemaReader, type SchemaReader } from './schema/read.ts';
import { KEYS, type Shape } from './schema/shape.ts';

export type FoundArgument =
  | { readonly kind: 'found'; readonly argument: ArgumentPath }
  /** The schema allows anything there and says nothing of it. */
  | { readonly kind: 'open' }
  | AbsentArgument;

export interface AbsentArgument {
  readonly kind: 'absent';
  /** The longest leading part of the path that exists, at least `args`. */
  readonly parent: string;
  /** What the parent can be; empty: anything. A step into a string, say, leads nowhere. */
  readonly parentTypes: readonly JsonType[];
  /** What the first failing step asks for: a key, an element, or nothing that a key could mend. */
  readonly missing: { readonly kind: 'key'; readonly key: string } | { readonly kind: 'element' };
  /** Keys that exist there. */
  readonly keys: readonly string[];
}

interface Position {
  readonly path: string;
  readonly shape: Shape;
  readonly required: boolean;
  /** Whether the schema has words for this very place; a free-form object's keys have none. */
  readonly declared: boolean;
}

type Descent = { readonly kind: 'at'; readonly position: Position } | Exclude<FoundArgument, { kind: 'found' }>;

/**
 * What a schema says of the argument at a path, such as `args.filter.tags[0]` or its parsed steps. Never throws.
 * A key is `absent` where the schema lists keys, does not list this one and does not say in words that others may come (`additionalProperties`).
 * An empty list of keys counts at the top (a tool without arguments) and not below, where servers write it for "any object".
 * A text that is no path below `args` is `open`: the policy room reports it.
 */
export function findArgument(schema: unknown, path: string | readonly PathStep[]): FoundArgument {
  const steps = typeof path === 'string' ? stepsOf(path) : path;
  if (steps === undefined) return { kind: 'open' };
  if (typeof schema !== 'object' || schema === null) return find(schema, steps);
  const known = found.get(schema) ?? new WeakMap<readonly PathStep[], FoundArgument>();
  found.set(schema, known);
  const answer = known.get(steps) ?? find(schema, steps);
  known.set(steps, answer);
  return answer;
}

/** Several rules ask for the same argument, on every keystroke; the steps of a path are the same object as long as it is remembered. */
const found = new WeakMap<object, WeakMap<readonly PathStep[], FoundArgument>>();

function find(schema: unknown, steps: readonly PathStep[]): FoundArgument {
  const reader = schemaReader(schema);
  let position: Position = { path: 'args', shape: reader.shapeOf(schema), required: true, declared: true };
  for (const [index, step] of steps.entries()) {
    const descent =
      step.kind === 'key' ? toKey(reader, position, step.name, index === 0) : toElement(reader, position, step);
    if (descent.kind !== 'at') return descent;
    position = descent.position;
  }
  if (!position.declared && saysNothing(position.shape)) return { kind: 'open' };
  return { kind: 'found', argument: describeArgument(position.path, position.shape, position.required) };
}

function stepsOf(path: string): readonly PathStep[] | undefined {
  const parsed = parsePath(path);
  return parsed.ok && parsed.path.root === 'args' ? parsed.path.steps : undefined;
}

function toKey(reader: SchemaReader, at: Position, key: string, top: boolean): Descent {
  const { shape } = at;
  const missing = { kind: 'key', key } as const;
  if (shape.types && !shape.types.has('object')) return absent(at, missing);
  const path = keyPath(at.path, key);
  const property = shape.properties.get(key);
  if (property !== undefined) {
    const required = shape.required.has(key);
    return { kind: 'at', position: { path, shape: reader.shapeOf(property), required, declared: true } };
  }
  if (shape.additional !== undefined && shape.additional !== false) {
    return {
      kind: 'at',
      position: { path, shape: reader.shapeOf(shape.additional), required: false, declared: false },
    };
  }
  const known = shape.keys === KEYS.some || (top && shape.keys === KEYS.none);
  return known ? absent(at, missing) : { kind: 'open' };
}

function toElement(reader: SchemaReader, at: Position, step: Exclude<PathStep, { kind: 'key' }>): Descent {
  const { shape } = at;
  if (shape.types && !shape.types.has('array')) return absent(at, { kind: 'element' });
  const element = step.kind === 'every' ? elementSchema(shape) : (shape.prefix[step.index] ?? shape.items);
  if (element === undefined) return { kind: 'open' };
  if (element === false) return absent(at, { kind: 'element' });
  const path = step.kind === 'every' ? everyElementPath(at.path) : indexPath(at.path, step.index);
  return { kind: 'at', position: { path, shape: reader.shapeOf(element), required: false, declared: true } };
}

function absent(at: Position, missing: AbsentArgument['missing']): AbsentArgument {
  return {
    kind: 'absent',
    parent: at.path,
    parentTypes: [...(at.shape.types ?? [])],
    missing,
    keys: [...at.shape.properties.keys()],
  };
}

function saysNothing(shape: Shape): boolean {
  return shape.types === undefined && shape.keys === KEYS.unknown && shape.facts.description === undefined;
}
