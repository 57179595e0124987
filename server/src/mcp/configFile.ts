/** Reads a configuration file from disk, for `discoverServers`. */
import { readFile, stat } from 'node:fs/promises';

/** No configuration is larger. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Undefined when there is no such file. Rejects for what is no plain file (a pipe would never end), too large, or not readable. */
export async function readConfigFile(file: string, maxBytes = MAX_BYTES): Promise<string | undefined> {
  try {
    const status = await stat(file);
    if (!status.isFile()) throw new Error('it is not a file');
    if (status.size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
