/** Every format that servers are read from, in the order in which the first definition of a name wins. */
import { claudeCode } from './claudeCode.ts';
import { claudeDesktop } from './claudeDesktop.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { cursor } from './cursor.ts';
import type { Host, VariableStyle } from './host.ts';
import { vscode } from './vscode.ts';
import { windsurf } from './windsurf.ts';
import { zed } from './zed.ts';

/** portcullis.json comes before all of these and has a reader of its own: it is strict and says more than servers. */
export const HOSTS: readonly Host[] = [vscode, claudeCode, claudeDesktop, cursor, windsurf, cline, zed, codex];

/** How the texts of a definition are read, by `Origin.host`. A command line's shell has replaced its variables already. */
export function variableStyleOf(host: string): VariableStyle {
  if (host === 'portcullis') return 'colon';
  return HOSTS.find(({ id }) => id === host)?.variables ?? 'none';
}
