/** Opens the recorded calls for as long as somebody uses them. */
import type { Runtime } from '../runtime.ts';
import type { Records } from './records.ts';

/** `use` gets `undefined` where nothing was recorded, or the editor has no state. Rejects with what `openRecords` or `use` throws. */
export async function withRecords<T>(
  runtime: Pick<Runtime, 'openRecords'>,
  folder: string | undefined,
  use: (records: Records | undefined) => T | Promise<T>,
): Promise<T> {
  const records = folder === undefined ? undefined : runtime.openRecords(folder);
  try {
    return await use(records);
  } finally {
    await records?.close();
  }
}
