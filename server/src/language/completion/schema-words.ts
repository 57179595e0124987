/** Keys and values that the document's schema names, with its descriptions. */
import { CompletionItemKind } from 'vscode-languageserver';
import { presentIn, stepsTo } from '../document/place.ts';
import { paragraph, type Block } from '../document/prose.ts';
import type { KnownKey } from '../schema/document-schema.ts';
import type { Schema } from '../schema/walk.ts';
import { quoted, type Candidate } from './candidate.ts';
import type { WordContext } from './context.ts';
import { stop, type Piece } from './insertion.ts';

/** Keys that the object at the cursor does not have yet. */
export function schemaKeys({ view, cursor }: WordContext): readonly Candidate[] {
  const present = new Map(presentIn(cursor.container));
  if (cursor.member !== undefined) present.delete(String(cursor.member.key.value));
  return view.schema.missingKeys(stepsTo(view.draft, cursor.path), present).map(keyCandidate);
}

function keyCandidate({ key, schema, required }: KnownKey): Candidate {
  return {
    label: key,
    kind: CompletionItemKind.Property,
    filter: key,
    text: quoted(key),
    value: template(schema),
    ...(required ? { note: 'required' } : {}),
    documentation: documentationOf(schema),
    rank: required ? 0 : 1,
    continues: onlyValue(schema) === undefined && schema.type !== 'number' && schema.type !== 'integer',
  };
}

function onlyValue(schema: Schema): unknown {
  return schema.const ?? (schema.enum?.length === 1 ? schema.enum[0] : undefined);
}

/** Values that the schema lists for the place at the cursor; where it lists none and nothing stands there, a blank of the right type. */
export function schemaValues({ view, cursor }: WordContext): readonly Candidate[] {
  const schemas = view.schema.of(stepsTo(view.draft, cursor.path));
  const listed = schemas.flatMap((schema) => valuesOf(schema).map((value) => valueCandidate(value, schema)));
  if (listed.length > 0 || cursor.token !== undefined) return listed;
  return schemas.flatMap(blankOf);
}

function valuesOf(schema: Schema): readonly unknown[] {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  const suggested = [...(schema.default === undefined ? [] : [schema.default]), ...(schema.examples ?? [])];
  return [...new Map(suggested.map((value) => [JSON.stringify(value), value])).values()];
}

function valueCandidate(value: unknown, schema: Schema): Candidate {
  const text = JSON.stringify(value);
  return {
    label: text,
    kind: CompletionItemKind.EnumMember,
    filter: typeof value === 'string' ? value : text,
    text: [text],
    ...(value === schema.default ? { note: 'default' } : {}),
    documentation: documentationOf(schema),
    rank: 0,
  };
}

function blankOf(schema: Schema): readonly Candidate[] {
  const text = template(schema);
  const label = BLANK_LABELS[typeOf(schema) ?? ''];
  if (label === undefined) return [];
  return [
    { label, kind: CompletionItemKind.Snippet, filter: label, text, documentation: documentationOf(schema), rank: 1 },
  ];
}

const BLANK_LABELS: Readonly<Record<string, string>> = {
  object: '{ }',
  array: '[ ]',
  string: '" "',
};

/** The shortest valid beginning of a value: brackets or quotes with the cursor inside, the only value, a number. */
function template(schema: Schema): readonly Piece[] {
  const only = onlyValue(schema);
  if (only !== undefined) return [JSON.stringify(only)];
  switch (typeOf(schema)) {
    case 'object':
      return ['{', stop(1), '}'];
    case 'array':
      return ['[', stop(1), ']'];
    case 'integer':
    case 'number':
      return [stop(1, JSON.stringify(schema.default ?? schema.minimum ?? 0))];
    case 'boolean':
      return [stop(1, JSON.stringify(schema.default ?? true))];
    case 'string':
      return ['"', stop(1), '"'];
    default:
      return [{ stop: 1, text: '', plain: 'null' }];
  }
}

function typeOf(schema: Schema): string | undefined {
  if (typeof schema.type === 'string') return schema.type;
  if (schema.type !== undefined) return schema.type[0];
  const value: unknown = schema.enum?.[0];
  if (value !== undefined) return typeof value;
  if (schema.properties !== undefined) return 'object';
  return schema.items === undefined ? undefined : 'array';
}

function documentationOf({ description }: Schema): readonly Block[] {
  return description === undefined ? [] : [paragraph(description)];
}
