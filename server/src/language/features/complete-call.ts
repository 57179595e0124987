/** Completion in a call that is tried out: fields, tool names, arguments by the tool's schema. */
import { CompletionItemKind, type CompletionList, type Position } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { CATEGORIES, RISK_LEVELS } from '../../policy/index.ts';
import { argumentKeys, argumentValues } from '../completion/call-arguments.ts';
import { quoted, type Candidate } from '../completion/candidate.ts';
import { stop, type Piece } from '../completion/insertion.ts';
import { toItem, type ItemOptions } from '../completion/item.ts';
import { cursorAt, type Cursor } from '../document/cursor.ts';
import { keysOf, scalarAt } from '../document/place.ts';
import { paragraph } from '../document/prose.ts';
import type { TextView } from '../document/text-view.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';

export function completeCall(
  view: TextView,
  position: Position,
  tools: KnownTools,
  options: ItemOptions,
): CompletionList {
  const cursor = cursorAt(view.text, view.draft, view.offsetAt(position));
  const candidates = cursor === undefined ? [] : candidatesAt(view, cursor, tools);
  const items = candidates.map((candidate, order) => toItem(candidate, view, cursor as Cursor, options, order));
  return { isIncomplete: false, items };
}

function candidatesAt(view: TextView, cursor: Cursor, tools: KnownTools): readonly Candidate[] {
  const [field, ...place] = cursor.path;
  const present = new Set(keysOf(cursor.container).filter((key) => key !== cursor.member?.key.value));
  if (field === undefined) return cursor.slot === 'key' ? fields(present) : [];
  if (field === 'tool') return (tools.catalog?.tools ?? []).map((tool) => word(tool.name, riskBadge(riskOf(tool))));
  if (field === 'category') return CATEGORIES.map((name) => word(name));
  if (field === 'risk') return RISK_LEVELS.map((name) => word(name));
  const tool = findTool(tools, String(scalarAt(view.draft, ['tool']) ?? ''));
  if (field !== 'arguments' || tool === undefined) return [];
  return cursor.slot === 'key' ? argumentKeys(tool, place, present) : argumentValues(tool, place);
}

function word(text: string, note?: string): Candidate {
  return {
    label: escapeUntrusted(text),
    kind: CompletionItemKind.Value,
    filter: text,
    text: quoted(text),
    ...(note === undefined ? {} : { note }),
    rank: 0,
  };
}

const TEXT: readonly Piece[] = ['"', stop(1), '"'];

const FIELDS: readonly (readonly [name: string, value: readonly Piece[], meaning: string])[] = [
  ['tool', TEXT, 'The tool that is called.'],
  ['arguments', ['{', stop(1), '}'], 'What the agent passes to the tool.'],
  ['grant', TEXT, 'Whose token the client used; "local" unless said otherwise.'],
  ['session', TEXT, 'The session that the call belongs to.'],
  ['client', TEXT, 'The name that the client gives itself.'],
  ['category', TEXT, 'The category of the tool, instead of what the classifier says.'],
  ['risk', TEXT, 'The risk of the tool, instead of what the classifier says.'],
  ['at', TEXT, 'When the call is made, with its zone: 2026-01-31T09:00:00Z. Now, unless said otherwise.'],
];

function fields(present: ReadonlySet<string>): readonly Candidate[] {
  return FIELDS.filter(([name]) => !present.has(name)).map(([name, value, meaning], rank) => ({
    label: name,
    kind: CompletionItemKind.Property,
    filter: name,
    text: quoted(name),
    value,
    documentation: [paragraph(meaning)],
    rank,
    continues: true,
  }));
}
