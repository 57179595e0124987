/** Whole entries for a tool or pattern: what fits its risk first. */
import { CompletionItemKind } from 'vscode-languageserver';
import { recommendedRule } from '../../risk/index.ts';
import { paragraph } from '../document/prose.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';
import type { Candidate } from './candidate.ts';
import { stop, type Piece } from './insertion.ts';

export function entryCandidates(tools: KnownTools, key: string): readonly Candidate[] {
  return [
    ...recommended(tools, key),
    entry('allow', 'The tool may be called, with any arguments.', 1, ['{', stop(1), '}']),
    entry('deny', 'Every call is denied.', 2, ['{ "action": "deny", "reason": "', stop(1), '" }']),
    entry('require approval', 'A person is asked before each call.', 3, ['{ "action": "require_approval" }']),
  ];
}

/** The rule that fits the tool's risk, unless it is one that stands in `hide` or the plain entry that is offered anyway. */
function recommended(tools: KnownTools, key: string): readonly Candidate[] {
  const tool = findTool(tools, key);
  if (tool === undefined) return [];
  const risk = riskOf(tool);
  const rule = recommendedRule(tool, risk);
  if (rule.kind === 'hide' || Object.keys(rule.entry).length === 0) return [];
  const candidate = entry('recommended', rule.summary, 0, [JSON.stringify(rule.entry)]);
  return [{ ...candidate, note: riskBadge(risk), detail: rule.summary }];
}

function entry(label: string, meaning: string, rank: number, text: readonly Piece[]): Candidate {
  return { label, kind: CompletionItemKind.Snippet, filter: label, text, documentation: [paragraph(meaning)], rank };
}
