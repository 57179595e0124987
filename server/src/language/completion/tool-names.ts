/** Tool names from the live list: as keys of `tools` and as items of `hide`. */
import { CompletionItemKind } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Tool } from '../../catalog/tool.ts';
import { matchesPattern } from '../../policy/index.ts';
import { keysOf, nodeAt } from '../document/place.ts';
import type { DraftNode } from '../document/draft.ts';
import { riskOf } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';
import { quoted, type Candidate } from './candidate.ts';
import type { CompletionContext } from './context.ts';
import { stop } from './insertion.ts';

const RANKS = { ungoverned: 0, governed: 1 } as const;

/** Keys of `tools`: those without an entry of their own; first those that no pattern governs either. */
export function toolKeys(context: CompletionContext): readonly Candidate[] {
  const { view, cursor } = context;
  const typed = cursor.member?.key.value;
  const taken = keysOf(nodeAt(view.draft, ['tools'])).filter((key) => key !== typed);
  return candidates(context, taken).map((candidate) => ({ ...candidate, value: ['{', stop(1), '}'] }));
}

/** Items of `hide`. */
export function hideItems(context: CompletionContext): readonly Candidate[] {
  const { view, cursor } = context;
  const hide = nodeAt(view.draft, ['hide']);
  const others = hide?.kind === 'array' ? hide.items.filter((item) => item.start !== cursor.token?.start) : [];
  return candidates(context, others.map(textOf));
}

function candidates({ tools }: CompletionContext, taken: readonly string[]): Candidate[] {
  const exact = new Set(taken);
  const patterns = taken.filter((key) => key.includes('*'));
  const found = new Map<string, Candidate>();
  for (const tool of tools.catalog?.tools ?? []) {
    if (exact.has(tool.name) || found.has(tool.name) || !isWritable(tool.name)) continue;
    const governed = patterns.find((pattern) => matchesPattern(pattern, tool.name));
    found.set(tool.name, toCandidate(tool, governed));
  }
  return [...found.values()];
}

function toCandidate(tool: Tool, governedBy: string | undefined): Candidate {
  const risk = riskBadge(riskOf(tool));
  const firstLine = (tool.description ?? tool.title ?? '').trimStart().split('\n', 1)[0] ?? '';
  return {
    label: escapeUntrusted(tool.name),
    kind: CompletionItemKind.Function,
    filter: tool.name,
    text: quoted(tool.name),
    note: governedBy === undefined ? risk : `${risk} (already under ${escapeUntrusted(JSON.stringify(governedBy))})`,
    detail: escapeUntrusted(firstLine, { max: 120 }),
    tool: tool.name,
    rank: governedBy === undefined ? RANKS.ungoverned : RANKS.governed,
  };
}

/** Whether the name can be written as a key that means this tool and no pattern (policy language §1). */
function isWritable(name: string): boolean {
  return name !== '' && !name.includes('*') && !/\p{Surrogate}/u.test(name) && Array.from(name).length <= 256;
}

function textOf(node: DraftNode): string {
  return node.kind === 'string' ? String(node.value) : '';
}
