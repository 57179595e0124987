/** Files that anybody may exchange at any moment: read without following links or waiting for pipes, and told apart by what the file system says of them. */
import fs from 'node:fs';

/** Windows has neither, and its links need rights that agents lack. */
const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fs.constants;

/** A link is not followed: what it leads to can be exchanged without a trace here. Throws the file system's error (`ELOOP` for a link). */
export function readPlainFile(file: string, maxBytes: number): Buffer | 'no file' | 'too large' {
  const handle = fs.openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) return 'no file';
    return stat.size > maxBytes ? 'too large' : fs.readFileSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Differs whenever the file may have other content: also after a rename onto it, and when it appears or goes. */
export function versionOf(file: string): string {
  try {
    const stat = fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
    return stat ? `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}` : 'missing';
  } catch (error) {
    return `unreadable:${codeOf(error)}`;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
