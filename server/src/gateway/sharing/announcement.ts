/** The files by which gateways of one state folder find each other: `<state>/gateways/<id>.json`, for this user alone. They hold no secret, and prove nothing. */
import fs from 'node:fs';
import path from 'node:path';

export interface Announcement {
  readonly id: string;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Where it can be reached: a Unix socket, or a named pipe on Windows. */
  readonly socket: string;
  /** Names of the servers that may be shared. */
  readonly servers: readonly string[];
}

const MAX_BYTES = 64 * 1024;

const folderOf = (state: string): string => path.join(state, 'gateways');
const fileOf = (state: string, id: string): string => path.join(folderOf(state), `${id}.json`);

/** Written beside and renamed, so that a reader sees the whole file or none. Throws the file system's error. */
export function announce(state: string, announcement: Announcement): void {
  fs.mkdirSync(folderOf(state), { recursive: true, mode: 0o700 });
  const file = fileOf(state, announcement.id);
  fs.writeFileSync(`${file}.new`, JSON.stringify(announcement), { mode: 0o600, flag: 'wx' });
  fs.renameSync(`${file}.new`, file);
}

export function withdraw(state: string, id: string): void {
  fs.rmSync(fileOf(state, id), { force: true });
}

/** The newest first. A file that is no announcement is passed over. */
export function announcementsIn(state: string): readonly Announcement[] {
  const found = namesIn(folderOf(state)).flatMap((name) => read(path.join(folderOf(state), name)));
  return found.sort((a, b) => b.startedAt - a.startedAt);
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // Nobody has announced anything yet.
    return [];
  }
}

function read(file: string): readonly Announcement[] {
  try {
    if (fs.statSync(file).size > MAX_BYTES) return [];
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    return isAnnouncement(value) && path.basename(file) === `${value.id}.json` ? [value] : [];
  } catch {
    return [];
  }
}

function isAnnouncement(value: unknown): value is Announcement {
  if (typeof value !== 'object' || value === null) return false;
  const { id, pid, startedAt, socket, servers } = value as Partial<Record<keyof Announcement, unknown>>;
  const isNamed = typeof id === 'string' && typeof socket === 'string' && Array.isArray(servers);
  return isNamed && typeof pid === 'number' && typeof startedAt === 'number';
}
