/**
 * Finds what a JSON Schema says about a place in a document. Knows no key of any particular schema.
 * Understands what our own schemas use: `$ref` into the same document, `properties`, `additionalProperties`, `items`, `allOf`, `anyOf`,
 * `oneOf`, and `if` on the presence and values of keys. Not a validator.
 */

export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What an object has so far: its keys, with their values where those are scalars. They decide between alternatives. */
export type Present = ReadonlyMap<string, unknown>;

/** One step from the root: a key or index, and what its object has. */
export interface Step {
  readonly key: string | number;
  readonly siblings: Present;
}

const MAX_ALTERNATIVES = 64;
const MAX_NESTING = 32;
const NOTHING: Present = new Map();

/** Every alternative that the schema allows at the end of `steps` for a value that has `present`; empty when it says nothing about that place. */
export function schemasAt(root: Schema, steps: readonly Step[], present: Present = NOTHING): readonly Schema[] {
  let here: readonly Schema[] = [root];
  for (const { key, siblings } of steps) {
    here = fitting(expand(root, here, siblings), siblings).flatMap((schema) => child(schema, key));
  }
  return fitting(expand(root, here, present), present);
}

function expand(root: Schema, schemas: readonly Schema[], present: Present): readonly Schema[] {
  return schemas.flatMap((schema) => alternatives(root, schema, present, 0)).slice(0, MAX_ALTERNATIVES);
}

/** Those object schemas that know all of the keys present, as far as any does: a condition with `conditions` is a group, one with `op` a predicate. */
function fitting(schemas: readonly Schema[], present: Present): readonly Schema[] {
  if (schemas.length < 2) return schemas;
  const known = [...present.keys()].filter((key) => schemas.some((schema) => knows(schema, key)));
  const exact = schemas.filter((schema) => known.every((key) => knows(schema, key)));
  return exact.length > 0 ? exact : schemas;
}

function knows(schema: Schema, key: string): boolean {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, key);
}

function child(schema: Schema, key: string | number): readonly Schema[] {
  if (typeof key === 'number') return schema.items === undefined ? [] : [schema.items];
  const property = knows(schema, key) ? schema.properties?.[key] : undefined;
  if (property !== undefined) return [property];
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}

/** The schema with `$ref`, `allOf`, `anyOf`, `oneOf` and `if` worked out: one flat schema per alternative. */
function alternatives(root: Schema, schema: Schema, present: Present, depth: number): readonly Schema[] {
  if (depth > MAX_NESTING) return [];
  const inside = (part: Schema): readonly Schema[] => alternatives(root, part, present, depth + 1);
  if (schema.$ref !== undefined) {
    const { $ref, ...own } = schema;
    const target = resolve(root, $ref);
    return inside(own).flatMap((over) =>
      target === undefined ? [over] : inside(target).map((under) => merge(under, over)),
    );
  }
  let flat: readonly Schema[] = [schema];
  for (const group of choices(schema, present)) {
    const parts = group.flatMap(inside);
    flat = flat.flatMap((each) => parts.map((part) => merge(part, each))).slice(0, MAX_ALTERNATIVES);
  }
  return flat;
}

/** Sets of schemas of which one each applies. */
function choices(schema: Schema, present: Present): readonly (readonly Schema[])[] {
  const either = [schema.anyOf, schema.oneOf].filter((choice) => choice !== undefined);
  const all = (schema.allOf ?? []).map((part) => [part]);
  return [...either, ...all, ...conditional(schema, present)];
}

/** Where `if` asks for keys that may still be typed, both branches are open, and the keys present decide between them. */
function conditional(schema: Schema, present: Present): readonly (readonly Schema[])[] {
  const { if: test, then: met, else: unmet } = schema;
  if (test === undefined) return [];
  if (holds(test, present)) return met === undefined ? [] : [[met]];
  if (unmet === undefined) return [];
  const decided = test.required?.every((key) => present.has(key)) ?? true;
  return [decided || met === undefined ? [unmet] : [unmet, met]];
}

function holds(test: Schema, present: Present): boolean {
  const complete = test.required?.every((key) => present.has(key)) ?? true;
  return complete && Object.entries(test.properties ?? {}).every(([key, schema]) => fits(schema, present.get(key)));
}

function fits(schema: Schema, value: unknown): boolean {
  return schema.const === undefined ? (schema.enum?.includes(value) ?? true) : schema.const === value;
}

/** What `over` says wins: what stands at the place itself is nearer than what stands at the target of its reference. */
function merge(under: Schema, over: Schema): Schema {
  const required = [...(under.required ?? []), ...(over.required ?? [])];
  const properties = mergeProperties(under.properties, over.properties);
  return { ...under, ...over, ...(properties && { properties }), ...(required.length > 0 && { required }) };
}

function mergeProperties(under: Schema['properties'], over: Schema['properties']): Schema['properties'] {
  if (under === undefined || over === undefined) return over ?? under;
  const shared = Object.keys(under).filter((key) => Object.hasOwn(over, key));
  return {
    ...under,
    ...over,
    ...Object.fromEntries(shared.map((key) => [key, merge(under[key] ?? {}, over[key] ?? {})])),
  };
}

function resolve(root: Schema, reference: string): Schema | undefined {
  if (!reference.startsWith('#')) return undefined;
  const segments = reference.slice(1).split('/').slice(1);
  let node: unknown = root;
  for (const segment of segments) {
    const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Readonly<Record<string, unknown>>)[key];
  }
  return typeof node === 'object' && node !== null ? node : undefined;
}
