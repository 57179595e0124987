import { Ajv } from 'ajv';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { outdated, targets } from '../../../scripts/generate.mts';
import type { PolicyDocument } from '../../../server/src/policy/index.ts';
import { problemsOf } from '../../support/policy.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

function read(file: string): Promise<string> {
  return readFile(path.join(ROOT, file), 'utf8');
}

describe('the generated files', () => {
  test('are what the schemas say today', async () => {
    expect(await outdated()).toEqual([]);
  }, 60_000);

  test.each(targets)('of $schema load without compiling code at run time', async ({ folder }) => {
    const code = await read(`${folder}/validate.mjs`);
    expect(code).not.toMatch(/new Function|\beval\(|^import /m);
  });

  test('give types that a policy in TypeScript is checked by', () => {
    const document: PolicyDocument = {
      version: '1',
      default: 'deny',
      tools: {
        pay: {
          action: 'require_approval',
          deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }, { conditions: [] }],
        },
      },
    };
    expect(problemsOf(document)).toEqual([]);
  });
});

describe('the public schema', () => {
  test('is valid draft-07 and describes every key', async () => {
    const schema = JSON.parse(await read('schemas/policy.schema.json')) as Schema;
    expect(new Ajv({ strictTypes: false, strictRequired: false }).validateSchema(schema)).toBe(true);
    for (const [name, property] of propertiesIn(schema))
      expect(described(schema, property), name).toMatch(/^.{10,}[.]$/s);
  });
});

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

function propertiesIn(schema: Schema): readonly (readonly [string, Schema])[] {
  return [schema, ...Object.values(schema.definitions ?? {})].flatMap((each) => Object.entries(each.properties ?? {}));
}

function described(root: Schema, schema: Schema): string | undefined {
  const name = schema.$ref?.replace('#/definitions/', '');
  return schema.description ?? (name === undefined ? undefined : root.definitions?.[name]?.description);
}
