/** Completion in a call as `portcullis eval` reads it: its fields, tool names, arguments by the tool's schema. */
import { CompletionItemKind } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { DocumentPath } from '../document/cursor.ts';
import { keysOf, scalarAt } from '../document/place.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';
import { argumentKeys, argumentValues } from './call-arguments.ts';
import { quoted, type Candidate } from './candidate.ts';
import type { WordContext } from './context.ts';
import { schemaKeys, schemaValues } from './schema-words.ts';

/** @param root - Path of the call in its document; the cursor is inside of it. */
export function callCandidates(context: WordContext, root: DocumentPath, tools: KnownTools): readonly Candidate[] {
  const { view, cursor } = context;
  const [field, ...place] = cursor.path.slice(root.length);
  if (field === 'tool') return toolNames(tools);
  if (field !== 'arguments') return cursor.slot === 'key' ? schemaKeys(context) : schemaValues(context);
  const tool = findTool(tools, String(scalarAt(view.draft, [...root, 'tool']) ?? ''));
  if (tool === undefined || (cursor.slot === 'value' && place.length === 0)) return schemaValues(context);
  if (cursor.slot === 'value') return argumentValues(tool, place);
  const present = keysOf(cursor.container).filter((key) => key !== cursor.member?.key.value);
  return argumentKeys(tool, place, new Set(present));
}

function toolNames({ catalog }: KnownTools): readonly Candidate[] {
  return (catalog?.tools ?? []).map((tool) => ({
    label: escapeUntrusted(tool.name),
    kind: CompletionItemKind.Function,
    filter: tool.name,
    text: quoted(tool.name),
    note: riskBadge(riskOf(tool)),
    rank: 0,
  }));
}
