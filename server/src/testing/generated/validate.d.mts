// Generated from schemas/policy-test.schema.json by scripts/generate.mts. Do not edit.
import type { ErrorObject } from 'ajv';

export interface Validator {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

declare const validate: Validator;
export default validate;
