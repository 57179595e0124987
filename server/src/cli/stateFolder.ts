/** Where the state of this user is kept when `--state` does not say. */
import path from 'node:path';
import { defaultStateFolder } from '../state/index.ts';
import type { Io } from './command.ts';

/** `--state`, else the platform's folder for state: absolute. */
export function stateFolder(given: string | undefined, io: Pick<Io, 'cwd' | 'env'>): string {
  return given === undefined ? defaultStateFolder(process.platform, io.env) : path.resolve(io.cwd, given);
}
