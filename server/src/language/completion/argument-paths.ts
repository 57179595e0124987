/** Argument paths from the input schemas of the tools that a ruleset governs. */
import { CompletionItemKind } from 'vscode-languageserver';
import { argumentPaths, type ArgumentPath } from '../../catalog/index.ts';
import type { Owner } from '../document/place.ts';
import { paragraph, type Block } from '../document/prose.ts';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { quoted, type Candidate } from './candidate.ts';
import { governedTools } from './context.ts';

/** More paths than this in one menu help nobody; a wildcard can reach every tool of a large server. */
const MAX_PATHS = 2_000;

/** A path, and what the tools that have it say of it. */
export interface KnownArgument {
  readonly argument: ArgumentPath;
  /** How many of the governed tools have it. */
  readonly tools: number;
}

/** The union over all governed tools, in the order in which they are met. */
export function argumentsOf(tools: KnownTools, owner: Owner): readonly KnownArgument[] {
  const found = new Map<string, KnownArgument>();
  for (const tool of governedTools(tools, owner)) {
    for (const argument of argumentPaths(tool.inputSchema)) {
      const known = found.get(argument.path);
      if (known === undefined && found.size >= MAX_PATHS) continue;
      found.set(argument.path, { argument: known?.argument ?? argument, tools: (known?.tools ?? 0) + 1 });
    }
  }
  return [...found.values()];
}

/** What a predicate's `path` can be. */
export function pathCandidates(tools: KnownTools, owner: Owner): readonly Candidate[] {
  const single = owner.kind === 'entry' && !owner.key.includes('*');
  return [...argumentsOf(tools, owner).map((known) => toCandidate(known, single)), ...ROOTS];
}

/** What `increment_from` can be: one number per call. */
export function amountCandidates(tools: KnownTools, owner: Owner): readonly Candidate[] {
  return argumentsOf(tools, owner)
    .filter(({ argument }) => isNumeric(argument) && !argument.path.includes('[*]'))
    .map((known) => toCandidate(known, true));
}

export function isNumeric({ types }: ArgumentPath): boolean {
  return types.length > 0 && types.every((type) => type === 'number' || type === 'integer' || type === 'null');
}

export function typeWords({ types }: ArgumentPath): string {
  return types.length === 0 ? 'any type' : types.join(' or ');
}

function toCandidate({ argument, tools }: KnownArgument, single: boolean): Candidate {
  const required = argument.required ? ', required' : '';
  return {
    label: escapeUntrusted(argument.path),
    kind: CompletionItemKind.Field,
    filter: argument.path,
    text: quoted(argument.path),
    note: `${typeWords(argument)}${single ? required : `, ${tools} ${tools === 1 ? 'tool' : 'tools'}`}`,
    ...(argument.description === undefined ? {} : { documentation: [paragraph(argument.description)] }),
    rank: argument.required ? 0 : 1,
  };
}

const ROOTS: readonly Candidate[] = [
  root('tool.name', 'The name of the tool that is called.'),
  root('tool.category', 'What the tool does: Read, Write, Execute, Destructive or Financial.'),
  root('tool.risk', 'How dangerous the tool is: low, medium, high or critical.'),
  root('grant.label', 'The label of the grant whose token the client used.'),
  root('client.name', 'The name the client gives itself. Any client can claim any name: do not rely on it.'),
];

function root(path: string, meaning: string): Candidate {
  const documentation: readonly Block[] = [paragraph(meaning)];
  return { label: path, kind: CompletionItemKind.Variable, filter: path, text: quoted(path), documentation, rank: 2 };
}
