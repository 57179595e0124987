/** The values that `eq`, `neq`, `in` and `not_in` compare with: scalars looked up at once, the rest one by one. */
import { deepEqual } from './json/compare.ts';
import type { JsonArray, JsonNode, JsonObject } from './json/node.ts';

export class ValueSet {
  readonly #scalars = new Set<string | number | boolean | null>();
  readonly #compounds: (JsonArray | JsonObject)[] = [];
  /** Kinds of the compared values, when all of them are strings, numbers or booleans. */
  readonly #kinds: ReadonlySet<JsonNode['kind']> | undefined;

  constructor(values: readonly JsonNode[]) {
    for (const value of values) {
      if (value.kind === 'array' || value.kind === 'object') this.#compounds.push(value);
      else this.#scalars.add(value.kind === 'null' ? null : value.value);
    }
    const kinds = new Set(values.map(({ kind }) => kind));
    if (!kinds.has('null') && this.#compounds.length === 0) this.#kinds = kinds;
  }

  /** False on a type mismatch: only strings, numbers and booleans are listed, and `value` is not null and of none of their types. */
  isComparable(value: JsonNode): boolean {
    return !this.#kinds || value.kind === 'null' || this.#kinds.has(value.kind);
  }

  /** Deep equality; `1` equals `1.0`, and `-0` equals `0`. */
  has(value: JsonNode): boolean {
    if (value.kind === 'array' || value.kind === 'object')
      return this.#compounds.some((each) => deepEqual(each, value));
    return this.#scalars.has(value.kind === 'null' ? null : value.value);
  }
}
