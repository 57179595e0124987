/** For which servers there are recorded calls: asked for each lens, until the answer is yes. */
import type { Runtime } from '../runtime.ts';
import { withRecords } from './with-records.ts';

export class RecordedServers {
  readonly #runtime: Pick<Runtime, 'openRecords'>;
  readonly #folder: string | undefined;
  readonly #found = new Set<string>();

  /** `folder`: of the state; absent: the editor has none. */
  constructor(runtime: Pick<Runtime, 'openRecords'>, folder: string | undefined) {
    this.#runtime = runtime;
    this.#folder = folder;
  }

  async has(server: string): Promise<boolean> {
    if (this.#found.has(server)) return true;
    if (await this.#look(server)) this.#found.add(server);
    return this.#found.has(server);
  }

  /** A log that cannot be read is told of when somebody asks for a replay. */
  async #look(server: string): Promise<boolean> {
    try {
      return await withRecords(this.#runtime, this.#folder, (records) => records?.hasCalls(server) ?? false);
    } catch {
      return false;
    }
  }
}
