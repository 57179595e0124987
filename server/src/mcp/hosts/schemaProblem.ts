/** One error of the generated validator, in people's words. */
import type { ErrorObject } from 'ajv';
import { escapeToken } from '../../policy/json/pointer.ts';

export interface SchemaProblem {
  readonly pointer: string;
  readonly message: string;
}

/** Undefined for errors that only repeat others. */
export function schemaProblem({ keyword, instancePath, params, parentSchema }: ErrorObject): SchemaProblem | undefined {
  const key = instancePath.split('/').at(-1) ?? '';
  const name = key === '' ? 'portcullis.json' : `"${key}"`;
  const at = (message: string): SchemaProblem => ({ pointer: instancePath, message });
  switch (keyword) {
    case 'additionalProperties': {
      const unknown = String(params['additionalProperty']);
      const message = `Unknown key "${unknown}". Known here: ${knownKeys(parentSchema)}. Correct or remove it.`;
      return { pointer: `${instancePath}/${escapeToken(unknown)}`, message };
    }
    case 'required':
      return at(`${name} needs "${String(params['missingProperty'])}". Add it.`);
    case 'type':
      return at(`${name} must be ${article([params['type']].flat().map(String))}.`);
    case 'enum':
      return at(`${name} must be one of ${list(params['allowedValues'])}.`);
    case 'minLength':
      return at(`${name} must not be empty.`);
    case 'pattern':
      return at(`${name} must be the name of an environment variable, not a value.`);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return at(`${name} must be ${String(params['comparison'])} ${String(params['limit'])}.`);
    default:
      return undefined;
  }
}

function knownKeys(schema: ErrorObject['parentSchema']): string {
  const properties: unknown = schema?.['properties'];
  return list(Object.keys(typeof properties === 'object' && properties ? properties : {}));
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => `"${String(value)}"`).join(', ') : '';
}

function article(types: readonly string[]): string {
  const words = types.map((type) => (type === 'null' ? 'null' : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`));
  return words.join(' or ');
}
