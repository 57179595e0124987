/**
 * The state folder and its secrets: files that only this user may read, each made once although several processes may start together.
 * Must not log or return a secret other than to its caller.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StateError, stateError } from './error.ts';
import type { Database } from './sqlite/database.ts';

/** Makes the folder for this user alone (0700). A folder that holds other things keeps its mode: it may be someone's workspace. Throws `StateError`. */
export function prepareFolder(folder: string): void {
  guarded(folder, () => {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (fs.readdirSync(folder).length === 0) restrict(folder, 0o700);
  });
}

/**
 * Reads a secret of 32 random bytes in base64url from `<folder>/<name>`, or makes it (mode 0600).
 * The database's lock sees to it that two processes never make two. Throws `StateError`.
 */
export function secretFile(folder: string, name: string, database: Database): string {
  const file = path.join(folder, name);
  const read = () => guarded(file, () => readSecret(file));
  return read() ?? database.transaction(() => read() ?? guarded(file, () => createSecret(file)));
}

function readSecret(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  restrict(file, 0o600);
  const secret = fs.readFileSync(file, 'utf8').trim();
  if (/^[A-Za-z0-9_-]{43}$/.test(secret)) return secret;
  throw new StateError(
    'state-damaged',
    `${file} does not hold a key of 32 bytes in base64url. Restore it from a backup, or delete it to have a new one made.`,
  );
}

/** Written beside and renamed: a reader sees the whole secret or none. On disk before it is used, since records depend on it. */
function createSecret(file: string): string {
  const secret = randomBytes(32).toString('base64url');
  const draft = `${file}.new`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, secret, { mode: 0o600, flag: 'wx', flush: true });
  fs.renameSync(draft, file);
  return secret;
}

function restrict(place: string, mode: number): void {
  if (process.platform === 'win32') return;
  if ((fs.statSync(place).mode & 0o777 & ~mode) !== 0) fs.chmodSync(place, mode);
}

function guarded<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw stateError(thrown, place);
  }
}
