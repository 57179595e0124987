/** What schemas/policy.schema.json says about a place in a policy: the only source of keys, values and their descriptions in the editor. */
import policySchema from '../../../../schemas/policy.schema.json' with { type: 'json' };
import { schemasAt, type Present, type Schema, type Step } from './walk.ts';

const root = policySchema as unknown as Schema;

export interface KnownKey {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** Keys that the object at the end of `steps` may still get, in the schema's order; `present` is what it has. */
export function missingKeys(steps: readonly Step[], present: Present): readonly KnownKey[] {
  const found = new Map<string, KnownKey>();
  for (const schema of schemasAt(root, steps, present)) {
    for (const key of Object.keys(schema.properties ?? {})) {
      if (present.has(key) || found.has(key)) continue;
      const described =
        schemasAt(root, [...steps, { key, siblings: new Map([...present, [key, undefined]]) }])[0] ?? {};
      found.set(key, { key, schema: described, required: schema.required?.includes(key) ?? false });
    }
  }
  return [...found.values()];
}

/** Every alternative that may stand at the end of `steps`. */
export function schemasOf(steps: readonly Step[]): readonly Schema[] {
  return schemasAt(root, steps);
}

/** The description of the key or value at the end of `steps`. */
export function describe(steps: readonly Step[]): string | undefined {
  return schemasAt(root, steps).find(({ description }) => description !== undefined)?.description;
}
