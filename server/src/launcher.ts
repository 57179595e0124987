/**
 * A small program in a folder that outlives updates, which runs `portcullis` from wherever it is now. Client configurations name it; the
 * extension writes it again on every activation once it exists, the command line whenever it connects a client.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const isWindows = process.platform === 'win32';

export class Launcher {
  readonly file: string;
  readonly #program: string;

  /** `program`: dist/portcullis.js as it is installed; `folder`: where the launcher lives. */
  constructor(folder: string, program: string) {
    this.file = path.join(folder, 'bin', isWindows ? 'portcullis.cmd' : 'portcullis');
    this.#program = program;
  }

  async write(): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
    await writeFile(this.file, isWindows ? this.#batch() : this.#shell());
    if (!isWindows) await chmod(this.file, 0o755);
  }

  async refresh(): Promise<void> {
    if (existsSync(this.file)) await this.write();
  }

  #shell(): string {
    return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quote(process.execPath)} ${quote(this.#program)} "$@"\n`;
  }

  #batch(): string {
    return `@echo off\r\nset ELECTRON_RUN_AS_NODE=1\r\n"${process.execPath}" "${this.#program}" %*\r\n`;
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
