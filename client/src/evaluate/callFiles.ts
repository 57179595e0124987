/** The calls that are being tried out, as files in memory: nothing to save, and what was typed is there again until the window closes. */
import * as vscode from 'vscode';

export const CALL_SCHEME = 'portcullis-call';

interface CallFile {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

export class CallFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, CallFile>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  register(): vscode.Disposable {
    return vscode.workspace.registerFileSystemProvider(CALL_SCHEME, this, { isCaseSensitive: true });
  }

  has(uri: vscode.Uri): boolean {
    return this.#files.has(uri.toString());
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.#files.set(uri.toString(), { bytes, mtime: Date.now() });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).bytes;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, mtime } = this.#file(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.length };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.toString());
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #file(uri: vscode.Uri): CallFile {
    const file = this.#files.get(uri.toString());
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
