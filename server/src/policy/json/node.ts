/**
 * The tree that the strict reader produces. One shape serves policies, what agents send, and the editor.
 * Offsets are UTF-16 code units into the text that was read, `end` exclusive.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place for people, both from 1: `column` counts UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

export interface JsonObject extends Span {
  readonly kind: 'object';
  /** In document order. Keys are unescaped; the reader has already refused duplicates. */
  readonly members: ReadonlyMap<string, JsonMember>;
}

export interface JsonMember {
  /** Span of the quoted key. */
  readonly key: Span;
  readonly value: JsonNode;
}

export interface JsonArray extends Span {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonString extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface JsonNumber extends Span {
  readonly kind: 'number';
  /** The literal as written: it is what gets forwarded. */
  readonly text: string;
  readonly value: number;
  /** Whether the double, printed as ECMAScript prints it, has the literal's decimal value (policy language §4). */
  readonly exact: boolean;
}

export interface JsonBoolean extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface JsonNull extends Span {
  readonly kind: 'null';
}

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

/** What is wrong with a text that is not strict JSON. */
export interface JsonProblem extends Span {
  readonly code:
    | 'json-syntax'
    | 'json-duplicate-key'
    | 'json-surrogate'
    | 'json-encoding'
    | 'json-number-overflow'
    | 'json-too-deep'
    | 'json-too-large';
  readonly message: string;
  /** For a duplicate key: where the first one stands. */
  readonly related?: Span;
}

export type JsonReading =
  | { readonly ok: true; readonly root: JsonNode }
  | { readonly ok: false; readonly problems: readonly [JsonProblem, ...JsonProblem[]] };
