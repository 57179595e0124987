/**
 * What one connection's server lists: the gateway's own reading of `tools/list`, for step 4 of the decision, for risks and for counting.
 * It can only take away: a tool that it knows is not thereby allowed.
 */
import type { Tool } from '../../catalog/tool.ts';
import { withPlainNumbers } from '../../mcp/parse.ts';
import type { Clock } from '../../ports.ts';
import { classifyTool } from '../../risk/index.ts';
import type { Risk } from '../../risk/verdict.ts';
import type { ToolStanding } from '../rules/enforcer.ts';
import { errorCodes } from '../message/answer.ts';
import { AnsweredError } from './handshake.ts';

/** Policy language §3, step 4: one refresh for an unknown name in this time. A list that was read within it is fresh enough. */
const REFRESH_INTERVAL = 10_000;

interface Entry {
  readonly tool: Tool;
  readonly count: number;
  risk?: Risk;
}

export class ToolDirectory {
  readonly #list: () => Promise<readonly Tool[]>;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #tools: readonly Tool[] = [];
  #entries: Map<string, Entry> | undefined;
  #loading: Promise<void> | undefined;
  /** Counts the reasons to read anew; a reading is current when it began after the last of them. */
  #wanted = 1;
  #read = 0;
  #readAt = 0;
  #missedAt = Number.NEGATIVE_INFINITY;

  constructor(list: () => Promise<readonly Tool[]>, clock: Clock, onChange: () => void) {
    this.#list = list;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** In the server's order, duplicates included; `undefined` before the first reading, or where the server has no list. */
  get tools(): readonly Tool[] | undefined {
    return this.#entries ? this.#tools : undefined;
  }

  /** Milliseconds since the epoch. */
  get readAt(): number {
    return this.#readAt;
  }

  isDuplicate(name: string): boolean {
    return (this.#entries?.get(name)?.count ?? 0) > 1;
  }

  /** The list may have changed: whoever asks next waits for a new reading. */
  invalidate(): void {
    this.#wanted += 1;
  }

  /**
   * Resolves with a reading that began after all news that have come so far; what comes meanwhile is for those who ask later, since some
   * servers announce a change whenever they are asked. Rejects with `UpstreamError`.
   */
  async load(): Promise<void> {
    const target = this.#wanted;
    while (this.#read < target) {
      this.#loading ??= this.#readList().finally(() => (this.#loading = undefined));
      await this.#loading;
    }
  }

  /** Rejects with `UpstreamError` while the list cannot be had: an old one never lets a call through. */
  async lookUp(name: string): Promise<ToolStanding> {
    if (this.#read < this.#wanted) await this.load();
    const standing = this.#standingOf(name);
    const refreshedAt = Math.max(this.#readAt, this.#missedAt);
    if (standing.upstream !== 'missing' || this.#clock() - refreshedAt < REFRESH_INTERVAL) return standing;
    // Also a reading that fails counts.
    this.#missedAt = this.#clock();
    this.invalidate();
    await this.load();
    return this.#standingOf(name);
  }

  #standingOf(name: string): ToolStanding {
    if (!this.#entries) return { upstream: 'unchecked' };
    const entry = this.#entries.get(name);
    if (!entry) return { upstream: 'missing' };
    const risk = (entry.risk ??= classifyTool(withPlainNumbers(entry.tool) as Tool));
    return { upstream: entry.count > 1 ? 'duplicate' : 'listed', risk };
  }

  async #readList(): Promise<void> {
    const began = this.#wanted;
    try {
      this.#keep(await this.#list());
    } catch (error) {
      if (!isWithoutTools(error)) throw error;
      this.#entries = undefined;
    }
    this.#read = began;
    this.#onChange();
  }

  #keep(tools: readonly Tool[]): void {
    const entries = new Map<string, Entry>();
    for (const tool of tools) entries.set(tool.name, { tool, count: (entries.get(tool.name)?.count ?? 0) + 1 });
    this.#tools = tools;
    this.#entries = entries;
    this.#readAt = this.#clock();
  }
}

function isWithoutTools(error: unknown): boolean {
  return error instanceof AnsweredError && error.answered === errorCodes.methodNotFound;
}
