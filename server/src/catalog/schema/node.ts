/**
 * First look at untrusted JSON Schema values: own properties only, nothing assumed.
 */

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

/** An untrusted object; read it through `own`. */
export type SchemaObject = Readonly<Record<string, unknown>>;

export function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property's value; inherited ones such as `constructor` do not count. */
export function own(object: SchemaObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The JSON type of a value; whole numbers are `integer`. `undefined` for what JSON does not have. */
export function typeOfValue(value: unknown): JsonType | undefined {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'array' : 'object';
    default:
      return undefined;
  }
}

const TYPES = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

function isJsonType(value: unknown): value is JsonType {
  return TYPES.has(value);
}

/** What a schema's `type` names, in its order; `undefined` when it names nothing that JSON Schema knows. */
export function declaredTypes(schema: SchemaObject): readonly JsonType[] | undefined {
  const type = own(schema, 'type');
  const named = (Array.isArray(type) ? type : [type]).filter(isJsonType);
  if (named.length === 0) return undefined;
  return own(schema, 'nullable') === true ? [...named, 'null'] : named;
}
