/**
 * Answers to `${input:id}`: asked for once, kept in VS Code's secret storage, apart for each workspace, so that one workspace cannot
 * read what was typed for another.
 */
import * as vscode from 'vscode';
import type { ResolveInputParams, ResolveInputResult } from '../../../server/src/protocol/inputs.ts';
import { notices } from '../views/notices.ts';

export class SecretInputs {
  readonly #secrets: vscode.SecretStorage;
  readonly #asking = new Map<string, Promise<ResolveInputResult>>();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** The stored answer, else the person's; `null` when the person declines or the workspace is not trusted. */
  async resolve(params: ResolveInputParams): Promise<ResolveInputResult> {
    if (!vscode.workspace.isTrusted) return null;
    const key = prefixOfWorkspace() + params.id;
    const stored = await this.#secrets.get(key);
    if (stored !== undefined) return { value: stored };
    const asking = this.#asking.get(key) ?? this.#askAndStore(key, params);
    this.#asking.set(key, asking);
    return await asking.finally(() => this.#asking.delete(key));
  }

  /** Every answer of this workspace, by input id: what a gateway is told on its stdin. */
  async all(): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    for (const key of await this.#ownKeys()) {
      const value = await this.#secrets.get(key);
      if (value !== undefined) answers[key.slice(prefixOfWorkspace().length)] = value;
    }
    return answers;
  }

  /** Forgets the answers of this workspace; returns how many there were. */
  async forget(): Promise<number> {
    const keys = await this.#ownKeys();
    for (const key of keys) await this.#secrets.delete(key);
    return keys.length;
  }

  async #ownKeys(): Promise<string[]> {
    return (await this.#secrets.keys()).filter((key) => key.startsWith(prefixOfWorkspace()));
  }

  async #askAndStore(key: string, params: ResolveInputParams): Promise<ResolveInputResult> {
    const value = await ask(params);
    if (value === undefined) return null;
    await this.#secrets.store(key, value);
    return { value };
  }
}

const prefixOfWorkspace = (): string => `input ${workspaceScope()} `;

/** Names the workspace in keys of secrets. */
export function workspaceScope(): string {
  const place = vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  return place?.toString() ?? '';
}

async function ask(params: ResolveInputParams): Promise<string | undefined> {
  const title = vscode.l10n.t('The MCP server {0} asks for {1}', params.server, params.id);
  const prompt = params.description ?? vscode.l10n.t('It is asked for once and kept in the secret storage of VS Code.');
  if (params.options !== undefined) {
    const picked = { title, placeHolder: prompt, ignoreFocusOut: true };
    return await vscode.window.showQuickPick([...params.options], picked);
  }
  const value = params.default === undefined ? {} : { value: params.default };
  return await notices.ask({ title, prompt, password: params.password, ignoreFocusOut: true, ...value });
}
