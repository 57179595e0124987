/** Why a file could not be read or written, in words for people. */
import path from 'node:path';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a part of its path is a file, not a folder',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** A clause without its full stop. `error`: what the file system threw; anything else says itself what it is about. */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return REASONS[codeOf(error)] ?? error.message;
}

/** A sentence about a file that was to be written, and what to do. A message of ours is passed through. */
export function writeProblem(error: unknown, file: string): string {
  if (!(error instanceof Error) || codeOf(error) === '') return fileReason(error);
  const advice = ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))
    ? ` Nothing in it has changed. Make ${path.dirname(file)} writable for you, or edit the file by hand.`
    : '';
  return `${file} cannot be written: ${fileReason(error)}.${advice}`;
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');
