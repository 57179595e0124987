/** An argument in words, as a tool's schema describes it. */
import type { ArgumentPath } from '../../catalog/index.ts';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Tool } from '../../catalog/tool.ts';
import { typeWords } from '../completion/argument-paths.ts';
import { paragraph, type Block, type Inline } from '../document/prose.ts';

/** A schema may list thousands of values. */
const MAX_VALUES = 10;

/** @param governed - How many tools the rule is for: of more than one, the tool that is described is named. */
export function describeArgument(argument: ArgumentPath, tool: Tool, governed: number): readonly Block[] {
  const required = argument.required ? ', required' : '';
  const of = governed > 1 ? ` of ${escapeUntrusted(tool.name)}` : '';
  return [
    paragraph({ code: argument.path }, ` (${typeWords(argument)}${required})${of}`),
    ...(argument.description === undefined ? [] : [paragraph({ bold: 'The server says: ' }, argument.description)]),
    ...values(argument),
    ...bounds(argument),
  ];
}

function values({ enum: listed, default: usual }: ArgumentPath): readonly Block[] {
  const shown = listed?.slice(0, MAX_VALUES).map((value) => JSON.stringify(value)) ?? [];
  const more = (listed?.length ?? 0) > shown.length ? `, and ${(listed?.length ?? 0) - shown.length} more` : '';
  return [
    ...(shown.length > 0 ? [paragraph({ bold: 'Values: ' }, `${shown.join(', ')}${more}`)] : []),
    ...(usual === undefined ? [] : [paragraph({ bold: 'Default: ' }, JSON.stringify(usual))]),
  ];
}

const BOUNDS: readonly (readonly [key: keyof ArgumentPath, words: string])[] = [
  ['minimum', 'at least'],
  ['exclusiveMinimum', 'more than'],
  ['maximum', 'at most'],
  ['exclusiveMaximum', 'less than'],
  ['minLength', 'length at least'],
  ['maxLength', 'length at most'],
  ['format', 'format'],
  ['pattern', 'pattern'],
];

function bounds(argument: ArgumentPath): readonly Block[] {
  const stated = BOUNDS.flatMap(([key, words]) => {
    const value = argument[key];
    return typeof value === 'number' || typeof value === 'string' ? [`${words} ${value}`] : [];
  });
  const parts: readonly Inline[] = [{ bold: 'Bounds: ' }, stated.join(', ')];
  return stated.length === 0 ? [] : [paragraph(...parts)];
}
