/**
 * Generates code from the public schemas: TypeScript types and precompiled validators, which need no `new Function` at run time.
 * `--check` writes nothing and fails when the files that are checked in differ from what the schemas say.
 */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as prettier from 'prettier';

/** One row for each schema: where it stands, where its code goes, what its root type is called. */
export const targets = [
  { schema: 'schemas/policy.schema.json', folder: 'server/src/policy/generated', type: 'PolicyDocument' },
  { schema: 'schemas/gateway.schema.json', folder: 'server/src/mcp/generated', type: 'GatewayDocument' },
  { schema: 'schemas/policy-test.schema.json', folder: 'server/src/testing/generated', type: 'PolicyTestDocument' },
] as const;

type Target = (typeof targets)[number];

const root = path.resolve(import.meta.dirname, '..');

/** The generated files of one schema: path below the root → text. */
export async function generate(target: Target): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(root, target.schema), 'utf8');
  const banner = `Generated from ${target.schema} by scripts/generate.mts. Do not edit.`;
  return new Map([
    [`${target.folder}/document.ts`, await typesOf(JSON.parse(text) as JSONSchema, target.type, banner)],
    [`${target.folder}/validate.mjs`, await validatorOf(JSON.parse(text) as object, banner)],
    [`${target.folder}/validate.d.mts`, await declarationOf(banner)],
  ]);
}

async function typesOf(schema: JSONSchema, name: string, banner: string): Promise<string> {
  const { title: _, ...untitled } = withUnions(schema) as JSONSchema;
  const types = await compile(untitled, name, {
    bannerComment: `/* ${banner} */`,
    unreachableDefinitions: false,
    maxItems: -1,
    format: false,
  });
  return format(types, 'document.ts');
}

/** Types know no `if`: what is either one or the other becomes a union, and conditions on values are left to the validator. */
function withUnions(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withUnions);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { if: condition, then, else: otherwise, allOf: _, ...rest } = schema as Record<string, unknown>;
  if (condition && isReference(then) && isReference(otherwise)) return { anyOf: [then, otherwise] };
  if (Object.keys(rest).join() === 'description') return { ...rest, tsType: 'unknown' };
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withUnions(value)]));
}

function isReference(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && '$ref' in schema;
}

async function validatorOf(schema: object, banner: string): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    strictTypes: false,
    strictRequired: false,
    code: { source: true, esm: true, lines: true },
  });
  const source = standalone(ajv, ajv.compile(schema));
  const bundled = await build({
    stdin: { contents: source, resolveDir: root, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    banner: { js: `// ${banner}` },
  });
  const [file] = bundled.outputFiles;
  return format(file?.text ?? '', 'validate.mjs');
}

function declarationOf(banner: string): Promise<string> {
  const text = `// ${banner}
    import type { ErrorObject } from 'ajv';

    export interface Validator {
      (data: unknown): boolean;
      errors?: ErrorObject[] | null;
    }

    declare const validate: Validator;
    export default validate;
  `;
  return format(text, 'validate.d.mts');
}

async function format(text: string, file: string): Promise<string> {
  const options = await prettier.resolveConfig(path.join(root, file));
  return prettier.format(text, { ...options, filepath: file });
}

/** The generated files that are not on disk as they should be. */
export async function outdated(): Promise<readonly string[]> {
  const files = await Promise.all(targets.map(generate));
  const checks = files
    .flatMap((each) => [...each])
    .map(async ([file, text]) => {
      const current = await readFile(path.join(root, file), 'utf8').catch(() => undefined);
      return current === text ? [] : [file];
    });
  return (await Promise.all(checks)).flat();
}

async function write(): Promise<void> {
  for (const target of targets) {
    await mkdir(path.join(root, target.folder), { recursive: true });
    for (const [file, text] of await generate(target)) await writeFile(path.join(root, file), text);
  }
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    const files = await outdated();
    for (const file of files) console.error(`${file} differs from its schema. Run: node scripts/generate.mts`);
    process.exitCode = files.length > 0 ? 1 : 0;
  } else await write();
}
