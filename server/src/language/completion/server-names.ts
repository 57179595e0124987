/** Names of the configured servers, for `"server"`. */
import { CompletionItemKind } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { quoted, type Candidate } from './candidate.ts';
import type { CompletionContext } from './context.ts';

export function serverNames({ tools }: CompletionContext): readonly Candidate[] {
  return tools.serverNames.map((name) => ({
    label: escapeUntrusted(name),
    kind: CompletionItemKind.Module,
    filter: name,
    text: quoted(name),
    rank: name === tools.server ? 0 : 1,
  }));
}
