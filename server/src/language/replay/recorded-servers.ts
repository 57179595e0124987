/** For which servers there are recorded calls: asked for each lens, so the log is looked at now and then only. */
import type { Runtime } from '../runtime.ts';

/** Milliseconds after which a "no" is asked for again. */
const PATIENCE = 10_000;

export class RecordedServers {
  readonly #runtime: Pick<Runtime, 'openRecords'>;
  readonly #folder: string | undefined;
  readonly #found = new Set<string>();
  readonly #missing = new Map<string, number>();

  /** `folder`: of the state; absent: the editor has none. */
  constructor(runtime: Pick<Runtime, 'openRecords'>, folder: string | undefined) {
    this.#runtime = runtime;
    this.#folder = folder;
  }

  async has(server: string): Promise<boolean> {
    if (this.#found.has(server)) return true;
    const now = performance.now();
    if (now < (this.#missing.get(server) ?? 0)) return false;
    this.#missing.set(server, now + PATIENCE);
    if (!(await this.#look(server))) return false;
    this.#found.add(server);
    return true;
  }

  /** A log that cannot be read is told of when somebody asks for a replay. */
  async #look(server: string): Promise<boolean> {
    if (this.#folder === undefined) return false;
    try {
      const records = this.#runtime.openRecords(this.#folder);
      const has = records?.hasCalls(server) ?? false;
      await records?.close();
      return has;
    } catch {
      return false;
    }
  }
}
