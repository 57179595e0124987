/**
 * The settings that count only from the user's own configuration, never from a workspace, since agents can edit workspace files:
 * a portcullis.json beside the user's other configuration. Only reads.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readUserLevel, type UserSettings } from './hosts/portcullis.ts';

const NONE: UserSettings = { shellDecides: false, reloadsAtOnce: false };

export interface UserReading {
  readonly file: string;
  readonly settings: UserSettings;
  /** Why the file has no effect, for people. */
  readonly problem?: string;
}

/** No environment variable has a say in it: files of a workspace can set those of the programs that clients start. `home`: as the system knows it. */
export function userSettingsFile(home: string, platform: NodeJS.Platform): string {
  const folders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    darwin: ['Library', 'Application Support'],
    win32: ['AppData', 'Roaming'],
  };
  return path.join(home, ...(folders[platform] ?? ['.config']), 'portcullis', 'portcullis.json');
}

/** The home folder as the system knows it, whatever the environment says. A user id without an entry, as in some containers, has none. */
export function systemHome(): { readonly userHome?: string } {
  try {
    return { userHome: os.userInfo().homedir };
  } catch {
    return {};
  }
}

/** `home` absent: the system knows none, so nothing is allowed. Never throws. */
export function readUserSettings(home: string | undefined, platform: NodeJS.Platform): UserReading {
  if (home === undefined) return { file: '', settings: NONE };
  const file = userSettingsFile(home, platform);
  try {
    if (!fs.existsSync(file)) return { file, settings: NONE };
    const reading = readUserLevel(fs.readFileSync(file, 'utf8'));
    if (typeof reading !== 'string') return { file, settings: reading };
    return { file, settings: NONE, problem: `${file} has no effect: ${reading}` };
  } catch (error) {
    return { file, settings: NONE, problem: `${file} cannot be read: ${(error as Error).message}` };
  }
}
