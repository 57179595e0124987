/**
 * The arguments of a tool as its input schema describes them: every path that a policy can name.
 * It reads schemas only; which paths a policy may write is the policy room's business.
 */
import { everyElementPath, indexPath, keyPath } from './path.ts';
import type { JsonType } from './schema/node.ts';
import { schemaReader, type SchemaReader } from './schema/read.ts';
import { KEYS, type Facts, type Shape } from './schema/shape.ts';

/** Limits of the policy language (§1): longer paths could not be written. */
const MAX_STEPS = 32;
const MAX_PATH_LENGTH = 1024;
/** Paths listed for one tool: enough for any real schema, few enough for a menu. */
const MAX_PATHS = 2_000;

export interface ArgumentPath extends Facts {
  /** As a policy writes it: `args.a["b c"][*].d`. */
  readonly path: string;
  /** Empty: any type. */
  readonly types: readonly JsonType[];
  /** Required within its parent. */
  readonly required: boolean;
  /** Every value that fits, from `enum` and `const`, when the schema lists them. */
  readonly enum?: readonly unknown[];
  /** The only value that fits. */
  readonly const?: unknown;
  /** An object that may have keys beyond those listed. */
  readonly open: boolean;
}

const listed = new WeakMap<object, readonly ArgumentPath[]>();

/**
 * Every argument path of a schema, parents before children, shallow ones first, at most 2,000. A recursive schema is listed to its first repetition.
 * Never throws; the result is remembered for as long as the schema object lives.
 */
export function argumentPaths(schema: unknown): readonly ArgumentPath[] {
  if (typeof schema !== 'object' || schema === null) return [];
  let paths = listed.get(schema);
  if (paths === undefined) {
    paths = listPaths(schemaReader(schema));
    listed.set(schema, paths);
  }
  return paths;
}

/** A place in the schema on the way down, with the schemas above it: meeting one of them again is a loop. */
interface Place {
  readonly schema: unknown;
  readonly path: string;
  readonly required: boolean;
  readonly steps: number;
  readonly above: Place | undefined;
}

function listPaths(reader: SchemaReader): readonly ArgumentPath[] {
  const queue: Place[] = [{ schema: reader.root, path: 'args', required: true, steps: 0, above: undefined }];
  const paths: ArgumentPath[] = [];
  for (let next = 0; next < queue.length && paths.length < MAX_PATHS; next++) {
    const place = queue[next];
    if (place === undefined) break;
    const shape = reader.shapeOf(place.schema);
    if (place.steps > 0) paths.push(describeArgument(place.path, shape, place.required));
    if (place.steps >= MAX_STEPS || isRepeated(place)) continue;
    for (const child of children(place, shape)) {
      if (queue.length > MAX_PATHS) break;
      if (child.path.length <= MAX_PATH_LENGTH) queue.push(child);
    }
  }
  return paths;
}

function isRepeated(place: Place): boolean {
  for (let above = place.above; above; above = above.above) if (above.schema === place.schema) return true;
  return false;
}

function* children(place: Place, shape: Shape): Generator<Place> {
  const below = { steps: place.steps + 1, above: place };
  for (const [key, schema] of shape.properties) {
    yield { ...below, schema, path: keyPath(place.path, key), required: shape.required.has(key) };
  }
  const element = elementSchema(shape);
  if (element !== undefined) yield { ...below, schema: element, path: everyElementPath(place.path), required: false };
  for (const [index, schema] of shape.prefix.entries()) {
    yield { ...below, schema, path: indexPath(place.path, index), required: false };
  }
}

const elementSchemas = new WeakMap<Shape, unknown>();

/** The schema that every element fits: for a tuple, any of its parts. The identical object each time, so that loops are seen. */
export function elementSchema(shape: Shape): unknown {
  if (shape.prefix.length === 0) return shape.items;
  let schema = elementSchemas.get(shape);
  if (schema === undefined) {
    const rest = shape.items === undefined || shape.items === false ? [] : [shape.items];
    schema = { anyOf: [...shape.prefix, ...rest] };
    elementSchemas.set(shape, schema);
  }
  return schema;
}

export function describeArgument(path: string, shape: Shape, required: boolean): ArgumentPath {
  const only = shape.values?.length === 1 ? { const: shape.values[0] } : {};
  return {
    ...shape.facts,
    path,
    types: [...(shape.types ?? [])],
    required,
    ...(shape.values ? { enum: shape.values } : {}),
    ...only,
    open: allowsMoreKeys(shape),
  };
}

function allowsMoreKeys(shape: Shape): boolean {
  if (shape.types && !shape.types.has('object')) return false;
  return shape.additional === undefined ? shape.keys !== KEYS.some : shape.additional !== false;
}
