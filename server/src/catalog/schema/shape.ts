/**
 * The shape of a value as a schema describes it, with `$ref`, `allOf`, `anyOf`, `oneOf` and `then`/`else` folded in.
 * Types only; read.ts makes shapes, combine.ts joins them.
 */
import type { JsonType } from './node.ts';

/** How well a schema knows the keys of an object: not at all, it lists none, it lists some (or forbids all others). */
export const KEYS = { unknown: 0, none: 1, some: 2 } as const;
export type Keys = (typeof KEYS)[keyof typeof KEYS];

export interface Shape {
  /** `undefined`: any type. Empty: no value fits. */
  readonly types: ReadonlySet<JsonType> | undefined;
  /** Schemas of the named keys. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  readonly keys: Keys;
  /** Schema of the keys that `properties` does not name; `undefined` when the schema does not say. */
  readonly additional: unknown;
  /** Schemas of the first elements of an array. */
  readonly prefix: readonly unknown[];
  /** Schema of the other elements; `undefined` when the schema does not say. */
  readonly items: unknown;
  /** Every value that fits, when the schema lists them. */
  readonly values: readonly unknown[] | undefined;
  readonly facts: Facts;
}

/** What a schema says of a value beyond its structure. */
export interface Facts {
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Says nothing: every value fits. */
export const ANYTHING: Shape = {
  types: undefined,
  properties: new Map(),
  required: new Set(),
  keys: KEYS.unknown,
  additional: undefined,
  prefix: [],
  items: undefined,
  values: undefined,
  facts: {},
};

/** No value fits (the schema `false`). */
export const NOTHING: Shape = { ...ANYTHING, types: new Set() };
