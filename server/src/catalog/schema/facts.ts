/** Reads the annotations and bounds of one schema object, and joins those of two that both apply. */
import { isSchemaObject, own, type SchemaObject } from './node.ts';
import type { Facts } from './shape.ts';

const TEXTS = ['title', 'description', 'format', 'pattern'] as const;
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength'] as const;
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength'] as const;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What the schema object itself says; draft-04's boolean `exclusiveMinimum` and values of a wrong type are passed over. */
export function readFacts(schema: SchemaObject): Facts {
  const facts: Mutable<Facts> = {};
  for (const key of TEXTS) {
    const value = own(schema, key);
    if (typeof value === 'string') facts[key] = value;
  }
  for (const key of [...LOWER_BOUNDS, ...UPPER_BOUNDS]) {
    const value = own(schema, key);
    if (typeof value === 'number') facts[key] = value;
  }
  if (Object.hasOwn(schema, 'default')) facts.default = own(schema, 'default');
  const examples = readExamples(schema);
  if (examples) facts.examples = examples;
  return facts;
}

function readExamples(schema: SchemaObject): readonly unknown[] | undefined {
  const examples = own(schema, 'examples');
  if (Array.isArray(examples)) return examples as readonly unknown[];
  if (isSchemaObject(examples)) return undefined;
  return Object.hasOwn(schema, 'example') ? [own(schema, 'example')] : undefined;
}

/** Both apply: the first one's words win, the tighter bound wins. */
export function joinFacts(first: Facts, second: Facts): Facts {
  const joined: Mutable<Facts> = { ...second, ...first };
  for (const key of LOWER_BOUNDS) {
    const bounds = [first[key], second[key]].filter((bound) => bound !== undefined);
    if (bounds.length > 0) joined[key] = Math.max(...bounds);
  }
  for (const key of UPPER_BOUNDS) {
    const bounds = [first[key], second[key]].filter((bound) => bound !== undefined);
    if (bounds.length > 0) joined[key] = Math.min(...bounds);
  }
  return joined;
}
