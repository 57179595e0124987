/** Semantic tokens: names of tools by their risk. Everything else has the grammar's colours. */
import { SemanticTokensBuilder, type SemanticTokens, type SemanticTokensLegend } from 'vscode-languageserver';
import { isPattern, RISK_LEVELS } from '../../policy/index.ts';
import type { TextView } from '../document/text-view.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';

export const LEGEND: SemanticTokensLegend = { tokenTypes: ['mcpTool'], tokenModifiers: [...RISK_LEVELS] };

/** Patterns and tools that the server does not list are left to the grammar. */
export function semanticTokens(view: TextView, tools: KnownTools): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { kind, name, start, end } of view.names) {
    const tool = kind === 'tool' && !isPattern(name) ? findTool(tools, name) : undefined;
    if (tool === undefined) continue;
    const { line, character } = view.range({ start, end: start }).start;
    builder.push(line, character, end - start, 0, 1 << RISK_LEVELS.indexOf(riskOf(tool).level));
  }
  return builder.build();
}
