/** Schema keywords as words for people. */

/** The parts of a schema that say what a value must be. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: object;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** `an array`, `a whole number from 1 to 60`, … */
export function expectedType(schema: Schema): string {
  switch (schema.type) {
    case 'array':
      return 'an array';
    case 'object':
      return 'an object';
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'number':
      return rangeSentence(schema);
    default:
      return schema.enum ? allowedValues(schema) : 'a string';
  }
}

/** `"allow" or "deny"` */
export function allowedValues(schema: Schema): string {
  const values = (schema.enum ?? []).map((value) => JSON.stringify(value));
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

export function rangeSentence(schema: Schema): string {
  const noun = schema.type === 'integer' ? 'a whole number' : 'a number';
  const { minimum, maximum } = schema;
  return minimum === undefined ? noun : `${noun} from ${String(minimum)} to ${String(maximum)}`;
}

export function lengthSentence(schema: Schema): string {
  const { minLength, maxLength } = schema;
  return minLength === undefined
    ? `at most ${String(maxLength)} characters`
    : `${String(minLength)} to ${String(maxLength)} characters`;
}
