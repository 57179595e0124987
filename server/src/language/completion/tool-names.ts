/** Tool names from the live list: as keys of `tools` and as items of `hide`. */
import { CompletionItemKind } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Tool } from '../../catalog/tool.ts';
import { recommendedRule } from '../../risk/index.ts';
import { matchesPattern } from '../../policy/index.ts';
import { keysOf, nodeAt } from '../document/place.ts';
import type { DraftNode } from '../document/draft.ts';
import { findTool, riskOf } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';
import { quoted, type Candidate } from './candidate.ts';
import type { CompletionContext } from './context.ts';
import { stop } from './insertion.ts';

const RANKS = { ungoverned: 0, family: 1, governed: 2 } as const;

/** Keys of `tools`: those without an entry of their own; first those that no pattern governs either. */
export function toolKeys(context: CompletionContext): readonly Candidate[] {
  const { view, cursor } = context;
  const typed = cursor.member?.key.value;
  const taken = keysOf(nodeAt(view.draft, ['tools'])).filter((key) => key !== typed);
  // A key that has a value already keeps it.
  const isNew = !cursor.colonAfter;
  return candidates(context, taken).flatMap((candidate) => {
    const plain = { ...candidate, value: ['{', stop(1), '}'] };
    const tool = candidate.tool === undefined ? undefined : findTool(context.tools, candidate.tool);
    return tool === undefined || !isNew ? [plain] : [plain, ...withRule(tool, candidate)];
  });
}

/** The tool with the rule that fits its risk, where that is one that stands in an entry. */
function withRule(tool: Tool, candidate: Candidate): readonly Candidate[] {
  const rule = recommendedRule(tool, riskOf(tool));
  if (rule.kind === 'hide' || Object.keys(rule.entry).length === 0) return [];
  const label = `${candidate.label}: ${rule.summary}`;
  return [{ ...candidate, label, kind: CompletionItemKind.Snippet, value: [JSON.stringify(rule.entry)] }];
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
  const open = [...found.values()].filter(({ rank }) => rank === RANKS.ungoverned).map(({ filter }) => filter);
  return [...found.values(), ...families(open).filter(({ filter }) => !exact.has(filter))];
}

/** Fewer than this are written out by name. */
const SMALLEST_FAMILY = 3;

/** Patterns for tools that nothing governs yet and whose names begin alike: `read_*`. */
function families(names: readonly string[]): readonly Candidate[] {
  const sizes = new Map<string, number>();
  for (const name of names) {
    const [stem] = /^[^_.-]+[_.-]/.exec(name) ?? [];
    if (stem !== undefined) sizes.set(stem, (sizes.get(stem) ?? 0) + 1);
  }
  const large = [...sizes].filter(([, size]) => size >= SMALLEST_FAMILY);
  return large.map(([stem, size]) => ({
    label: escapeUntrusted(`${stem}*`),
    kind: CompletionItemKind.Class,
    filter: `${stem}*`,
    text: quoted(`${stem}*`),
    note: `${size} tools that nothing governs`,
    rank: RANKS.family,
  }));
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
