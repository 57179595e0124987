/** Tokens of logins, kept in VS Code's secret storage for the gateways of this workspace, and apart from those of every other. */
import type * as vscode from 'vscode';
import { workspaceScope } from '../language/inputs.ts';

export class SecretLogins {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** By the gateway's keys: what it is told on its stdin. */
  async all(): Promise<Record<string, string>> {
    const prefix = prefixOfWorkspace();
    const keys = (await this.#secrets.keys()).filter((key) => key.startsWith(prefix));
    const entries = keys.map(async (key) => [key.slice(prefix.length), await this.#secrets.get(key)] as const);
    return Object.fromEntries(
      (await Promise.all(entries)).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])),
    );
  }

  /** Without `text` it is deleted. */
  async keep(key: string, text: string | undefined): Promise<void> {
    const name = prefixOfWorkspace() + key;
    if (text === undefined) await this.#secrets.delete(name);
    else await this.#secrets.store(name, text);
  }
}

const prefixOfWorkspace = (): string => `login ${workspaceScope()} `;
