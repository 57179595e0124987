/**
 * Reads one hostile schema document into shapes. Bounded: after a fixed amount of work everything else reads as "anything", so that a
 * schema built to explode costs little and never makes a path look wrong.
 */
import { both, either } from './combine.ts';
import { readFacts } from './facts.ts';
import { declaredTypes, isSchemaObject, own, typeOfValue, type JsonType, type SchemaObject } from './node.ts';
import { resolveReference } from './reference.ts';
import { ANYTHING, KEYS, NOTHING, type Keys, type Shape } from './shape.ts';

/** Schema objects and keys that are looked at in one document. */
const MAX_WORK = 50_000;
/** Applicators within applicators. */
const MAX_NESTING = 64;

export interface SchemaReader {
  /** The whole document's schema. */
  readonly root: unknown;
  /** Never throws. */
  shapeOf(schema: unknown): Shape;
}

const readers = new WeakMap<object, SchemaReader>();

/** The reader of a schema document; remembered for as long as the document lives. */
export function schemaReader(root: unknown): SchemaReader {
  if (!isSchemaObject(root)) return new DocumentReader(root);
  let reader = readers.get(root);
  if (reader === undefined) {
    reader = new DocumentReader(root);
    readers.set(root, reader);
  }
  return reader;
}

class DocumentReader implements SchemaReader {
  readonly root: unknown;
  #work = 0;
  #nesting = 0;
  /** Loops cut so far: a shape read while a loop was cut may lack what the loop's start adds, so it is not remembered. */
  #cuts = 0;
  readonly #open = new Set<SchemaObject>();
  readonly #shapes = new WeakMap<SchemaObject, Shape>();

  constructor(root: unknown) {
    this.root = root;
  }

  shapeOf(schema: unknown): Shape {
    return this.#read(schema) ?? ANYTHING;
  }

  /** `undefined` for a schema that is being read already: it adds nothing to itself. */
  #read(schema: unknown): Shape | undefined {
    if (schema === false) return NOTHING;
    if (!isSchemaObject(schema)) return ANYTHING;
    const known = this.#shapes.get(schema);
    if (known) return known;
    if (this.#open.has(schema)) {
      this.#cuts++;
      return undefined;
    }
    if (++this.#work > MAX_WORK || this.#nesting >= MAX_NESTING) return ANYTHING;
    return this.#isLoop(schema) ? undefined : this.#readObject(schema);
  }

  /** Whether the schema refers to another one that is being read: as an alternative to itself, that one gains nothing by it. */
  #isLoop(schema: SchemaObject): boolean {
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? resolveReference(this.root, reference) : undefined;
    if (target === schema || !isSchemaObject(target) || !this.#open.has(target)) return false;
    this.#cuts++;
    return true;
  }

  #readObject(schema: SchemaObject): Shape {
    const cutsBefore = this.#cuts;
    this.#open.add(schema);
    this.#nesting++;
    let shape = this.#charge(ownShape(schema));
    for (const part of this.#conjuncts(schema)) shape = this.#charge(both(shape, part));
    for (const alternatives of this.#disjunctions(schema)) shape = this.#charge(both(shape, either(alternatives)));
    this.#nesting--;
    this.#open.delete(schema);
    if (this.#cuts === cutsBefore || this.#open.size === 0) this.#shapes.set(schema, shape);
    return shape;
  }

  #charge(shape: Shape): Shape {
    this.#work += shape.properties.size + (shape.values?.length ?? 0);
    return shape;
  }

  *#conjuncts(schema: SchemaObject): Generator<Shape> {
    for (const key of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = own(schema, key);
      const target = typeof reference === 'string' ? this.#read(resolveReference(this.root, reference)) : undefined;
      if (target) yield target;
    }
    yield* this.#readAll(own(schema, 'allOf'));
  }

  *#disjunctions(schema: SchemaObject): Generator<readonly Shape[]> {
    for (const key of ['anyOf', 'oneOf']) {
      const shapes = [...this.#readAll(own(schema, key))];
      if (shapes.length > 0) yield shapes;
    }
    // Without an evaluation of `if`, either branch may apply; a branch that is missing allows anything.
    if (Object.hasOwn(schema, 'if')) {
      const named = ['then', 'else'].filter((key) => Object.hasOwn(schema, key)).map((key) => own(schema, key));
      if (named.length > 0) yield [...this.#readAll(named), keysOf(ownShape(schema))];
    }
  }

  *#readAll(schemas: unknown): Generator<Shape> {
    if (!Array.isArray(schemas)) return;
    for (const schema of schemas as unknown[]) {
      const shape = this.#read(schema);
      if (shape) yield shape;
    }
  }
}

/** What stands for an absent branch: it knows the keys as well as its owner does and demands nothing. */
function keysOf(owner: Shape): Shape {
  return { ...ANYTHING, keys: owner.keys };
}

function ownShape(schema: SchemaObject): Shape {
  const values = ownValues(schema);
  const properties = ownProperties(schema);
  const additional = ownAdditional(schema);
  const tuple = own(schema, 'items');
  const prefixItems = Array.isArray(tuple) ? tuple : own(schema, 'prefixItems');
  return {
    types: ownTypes(schema, values),
    properties: properties ?? new Map<string, unknown>(),
    required: new Set(stringsIn(own(schema, 'required'))),
    keys: knownKeys(properties, additional),
    additional,
    prefix: Array.isArray(prefixItems) ? (prefixItems as readonly unknown[]) : [],
    items: Array.isArray(tuple) ? own(schema, 'additionalItems') : (tuple ?? own(schema, 'unevaluatedItems')),
    values,
    facts: readFacts(schema),
  };
}

function ownProperties(schema: SchemaObject): ReadonlyMap<string, unknown> | undefined {
  const properties = own(schema, 'properties');
  return isSchemaObject(properties) ? new Map(Object.entries(properties)) : undefined;
}

function knownKeys(properties: ReadonlyMap<string, unknown> | undefined, additional: unknown): Keys {
  if (additional === false || (properties?.size ?? 0) > 0) return KEYS.some;
  return properties ? KEYS.none : KEYS.unknown;
}

/** Keys that only a pattern names are not told apart: matching patterns from a server against keys is not worth the risk. */
function ownAdditional(schema: SchemaObject): unknown {
  const rest = own(schema, 'additionalProperties') ?? own(schema, 'unevaluatedProperties');
  const patterns = own(schema, 'patternProperties');
  const byPattern = isSchemaObject(patterns) ? Object.values(patterns) : [];
  if (byPattern.length === 0) return rest;
  return { anyOf: rest === undefined || rest === false ? byPattern : [...byPattern, rest] };
}

function ownValues(schema: SchemaObject): readonly unknown[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [own(schema, 'const')];
  const listed = own(schema, 'enum');
  if (Array.isArray(listed)) return listed as readonly unknown[];
  return own(schema, 'type') === 'null' ? [null] : undefined;
}

/** The types that a schema names or, where it names none, those that its other keywords show. */
function ownTypes(schema: SchemaObject, values: readonly unknown[] | undefined): ReadonlySet<JsonType> | undefined {
  const declared = declaredTypes(schema);
  if (declared) return new Set(declared);
  if (values) return new Set(values.map(typeOfValue).filter((type) => type !== undefined));
  if (isSchemaObject(own(schema, 'properties'))) return new Set(['object']);
  return own(schema, 'items') === undefined && own(schema, 'prefixItems') === undefined
    ? undefined
    : new Set(['array']);
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as unknown[]).filter((item) => typeof item === 'string') : [];
}
