/** What the demo has created, and where: kept by the extension, so that all of it can be removed, and nothing else. */
import type * as vscode from 'vscode';

const KEY = 'demo';
const OPENING = 'demo.opening';

export interface DemoRecord {
  /** URI of the folder. */
  readonly folder: string;
  /** The folder was made for the demo. */
  readonly isTemporary: boolean;
  /** In the order in which they were created. */
  readonly files: readonly DemoFile[];
}

export interface DemoFile {
  readonly uri: string;
  /** As it was created: whoever changes it makes it their own. */
  readonly text: string;
}

export class DemoRecords {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get all(): readonly DemoRecord[] {
    return this.#memento.get<readonly DemoRecord[]>(KEY, []);
  }

  in(folder: string | undefined): DemoRecord | undefined {
    return this.all.find((record) => record.folder === folder);
  }

  async keep(record: DemoRecord): Promise<void> {
    await this.#memento.update(KEY, [...this.#others(record.folder), record]);
  }

  async forget(folder: string): Promise<void> {
    await this.#memento.update(KEY, this.#others(folder));
  }

  /** The window is about to be opened on this folder; the demo goes on there. */
  async opening(folder: string): Promise<void> {
    await this.#memento.update(OPENING, folder);
  }

  /** Whether the demo is to go on in this folder; true once. */
  async takeOpening(folder: string | undefined): Promise<boolean> {
    if (folder === undefined || this.#memento.get(OPENING) !== folder) return false;
    await this.#memento.update(OPENING, undefined);
    return true;
  }

  #others(folder: string): readonly DemoRecord[] {
    return this.all.filter((record) => record.folder !== folder);
  }
}
