/** What our published schemas say about a place in a document: the only source of keys, values and their descriptions in the editor. */
import policySchema from '../../../../schemas/policy.schema.json' with { type: 'json' };
import testSchema from '../../../../schemas/policy-test.schema.json' with { type: 'json' };
import { schemasAt, type Present, type Schema, type Step } from './walk.ts';

export interface KnownKey {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
}

export class DocumentSchema {
  readonly #root: Schema;

  constructor(root: Schema) {
    this.#root = root;
  }

  /** Keys that the object at the end of `steps` may still get, in the schema's order; `present` is what it has. */
  missingKeys(steps: readonly Step[], present: Present): readonly KnownKey[] {
    const found = new Map<string, KnownKey>();
    for (const schema of schemasAt(this.#root, steps, present)) {
      for (const key of Object.keys(schema.properties ?? {})) {
        if (present.has(key) || found.has(key)) continue;
        const [described] = this.of([...steps, { key, siblings: new Map([...present, [key, undefined]]) }]);
        found.set(key, { key, schema: described ?? {}, required: schema.required?.includes(key) ?? false });
      }
    }
    return [...found.values()];
  }

  /** Every alternative that may stand at the end of `steps`. */
  of(steps: readonly Step[]): readonly Schema[] {
    return schemasAt(this.#root, steps);
  }

  /** The description of the key or value at the end of `steps`. */
  describe(steps: readonly Step[]): string | undefined {
    return this.of(steps).find(({ description }) => description !== undefined)?.description;
  }
}

export const POLICY_SCHEMA = new DocumentSchema(policySchema);
export const TEST_SCHEMA = new DocumentSchema(testSchema);
/** A call on its own, as a case of a policy test holds it. */
export const CALL_SCHEMA = new DocumentSchema(testSchema.definitions.call);
