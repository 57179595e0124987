/** What can be written into a call: its fields, and the arguments of its tool by the tool's schema. */
import { CompletionItemKind } from 'vscode-languageserver';
import { argumentPaths, findArgument, keyPath, type ArgumentPath } from '../../catalog/index.ts';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Tool } from '../../catalog/tool.ts';
import { parsePath } from '../../policy/index.ts';
import type { DocumentPath } from '../document/cursor.ts';
import { paragraph } from '../document/prose.ts';
import { typeWords } from './argument-paths.ts';
import { quoted, type Candidate } from './candidate.ts';
import { stop, type Piece } from './insertion.ts';
import { valueCandidates } from './predicate-values.ts';

/** One key that the schema knows below a place in the arguments. */
export interface NamedArgument {
  readonly key: string;
  readonly argument: ArgumentPath;
}

/** @param place - Below `arguments`: keys and indexes. */
export function argumentsBelow(tool: Tool, place: DocumentPath): readonly NamedArgument[] {
  const parent = policyPath(place);
  return argumentPaths(tool.inputSchema).flatMap((argument) => {
    const parsed = parsePath(argument.path);
    const last = parsed.ok ? parsed.path.steps.at(-1) : undefined;
    if (last?.kind !== 'key' || argument.path !== keyPath(parent, last.name)) return [];
    return [{ key: last.name, argument }];
  });
}

/** Keys of `arguments` and of the objects in it that are not there yet; required ones first. */
export function argumentKeys(tool: Tool, place: DocumentPath, present: ReadonlySet<string>): readonly Candidate[] {
  return argumentsBelow(tool, place)
    .filter(({ key }) => !present.has(key))
    .map(({ key, argument }) => ({
      label: escapeUntrusted(key),
      kind: CompletionItemKind.Field,
      filter: key,
      text: quoted(key),
      value: blank(argument),
      note: `${typeWords(argument)}${argument.required ? ', required' : ''}`,
      ...(argument.description === undefined ? {} : { documentation: [paragraph(argument.description)] }),
      rank: argument.required ? 0 : 1,
      continues: true,
    }));
}

/** Values that the schema lists or suggests. */
export function argumentValues(tool: Tool, place: DocumentPath): readonly Candidate[] {
  const path = policyPath(place);
  const found = findArgument(tool.inputSchema, path);
  return found.kind === 'found' ? valueCandidates(path, 'eq', found.argument) : [];
}

/** `['filter', 0, 'a b']` → `args.filter[*]["a b"]`. */
function policyPath(place: DocumentPath): string {
  return place.reduce<string>((path, step) => (typeof step === 'number' ? `${path}[*]` : keyPath(path, step)), 'args');
}

/** What may be typed into stands between quotes or brackets already. */
function blank({ types }: ArgumentPath): readonly Piece[] {
  if (types.includes('string')) return ['"', stop(1), '"'];
  if (types.includes('object')) return ['{', stop(1), '}'];
  if (types.includes('array')) return ['[', stop(1), ']'];
  if (types.includes('boolean')) return [stop(1, 'true')];
  return [types.length === 0 ? { stop: 1, text: '', plain: 'null' } : stop(1, '0')];
}
