/** The surroundings as they are on this machine's disk. */
import { lstat } from 'node:fs/promises';
import { readConfigFile } from '../configFile.ts';
import type { UserPlace } from '../hosts/host.ts';
import type { Surroundings } from './places.ts';

export function surroundingsOnDisk(folder: string, user: UserPlace): Surroundings {
  const exists = (file: string): Promise<boolean> =>
    lstat(file).then(
      () => true,
      () => false,
    );
  return { folder, user, readFile: readConfigFile, exists };
}
