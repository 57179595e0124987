/**
 * The one error that this room throws: what happened, where, and what to do. The gateway answers it with a denial, the command line with its message.
 * Must not carry argument values or key material.
 */

export type StateErrorCode =
  /** The disk is full, or a quota is reached. */
  | 'state-full'
  /** Folder or database cannot be written. */
  | 'state-read-only'
  /** Another process held the database longer than the busy time-out. */
  | 'state-busy'
  /** A file of the state folder is not what it should be. */
  | 'state-damaged'
  /** The key does not belong to the records. */
  | 'state-key'
  /** There is no state in this folder yet (readers only). */
  | 'state-missing'
  /** This Node has no `node:sqlite`, or a newer version wrote the database. */
  | 'state-unsupported'
  /** The state was closed before the call. */
  | 'state-closed'
  /** A name that is to be unique is in use. */
  | 'state-taken'
  /** The state that gateways share (Redis or Valkey) cannot be reached, or refuses. */
  | 'state-shared'
  /** Any other failure of the disk. */
  | 'state-io';

export class StateError extends Error {
  override readonly name = 'StateError';
  readonly code: StateErrorCode;

  constructor(code: StateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Turns what SQLite or the file system threw about `place` (a path) into a `StateError`; one is passed through. */
export function stateError(thrown: unknown, place: string): StateError {
  if (thrown instanceof StateError) return thrown;
  const code = codeOf(thrown);
  return new StateError(code, `${problems[code](place)} (${detailOf(thrown)})`, { cause: thrown });
}

const problems: Readonly<Record<StateErrorCode, (place: string) => string>> = {
  'state-full': (place) =>
    `The disk that holds ${place} is full, so nothing can be recorded and calls are denied. Free some space; no restart is needed.`,
  'state-read-only': (place) =>
    `${place} cannot be written. Give this user write permission, or choose another state folder with --state.`,
  'state-busy': (place) =>
    `Another process has kept ${place} locked. Close programs that have this file open, such as a database browser, and try again.`,
  'state-damaged': (place) =>
    `${place} is damaged or is not a Portcullis database. Move it away together with audit.head to start anew; keep both if you need the records.`,
  'state-key': (place) => `The key does not belong to ${place}.`,
  'state-missing': (place) =>
    `${place} does not exist: nothing has been recorded there yet. Start a gateway first, or name its folder with --state.`,
  'state-unsupported': (place) => `This Node.js (${process.version}) cannot open ${place}. Use Node.js 22.13 or newer.`,
  'state-closed': (place) => `${place} has been closed: the gateway is shutting down.`,
  'state-taken': (place) => `A name in ${place} is in use already.`,
  'state-shared': (place) => `The shared state at ${place} cannot be used.`,
  'state-io': (place) =>
    `${place} could not be read or written. Check the disk: free space, quota, permissions of the folder.`,
};

/** SQLite's primary result codes (sqlite.org/rescode.html); the extended code holds them in its low byte. */
const sqliteCodes: Readonly<Record<number, StateErrorCode>> = {
  3: 'state-read-only',
  5: 'state-busy',
  6: 'state-busy',
  8: 'state-read-only',
  11: 'state-damaged',
  13: 'state-full',
  14: 'state-io',
  26: 'state-damaged',
};

const fileCodes: Readonly<Record<string, StateErrorCode>> = {
  ENOSPC: 'state-full',
  EDQUOT: 'state-full',
  EFBIG: 'state-full',
  EACCES: 'state-read-only',
  EPERM: 'state-read-only',
  EROFS: 'state-read-only',
  ENOENT: 'state-missing',
  ERR_INVALID_STATE: 'state-closed',
};

function codeOf(thrown: unknown): StateErrorCode {
  if (!(thrown instanceof Error)) return 'state-io';
  if ('errcode' in thrown && typeof thrown.errcode === 'number')
    return sqliteCodes[thrown.errcode & 0xff] ?? 'state-io';
  if ('code' in thrown && typeof thrown.code === 'string') return fileCodes[thrown.code] ?? 'state-io';
  return 'state-io';
}

function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
