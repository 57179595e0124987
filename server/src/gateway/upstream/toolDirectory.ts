/**
 * What one connection's server lists: the gateway's own reading of `tools/list`, for step 4 of the decision, for risks and for counting.
 * It can only take away: a tool that it knows is not thereby allowed.
 */
import type { Tool } from '../../catalog/tool.ts';
import { withPlainNumbers } from '../../mcp/parse.ts';
import { readMirrored, type MirroredParameter, type MirroredReading } from '../../mcp/http/mirrored.ts';
import { printable } from '../../mcp/untrusted.ts';
import type { Clock, Log } from '../../ports.ts';
import { classifyTool } from '../../risk/index.ts';
import type { Risk } from '../../risk/verdict.ts';
import type { ToolStanding } from '../rules/standing.ts';
import { errorCodes } from '../message/answer.ts';
import { AnsweredError } from './errors.ts';

/** Policy language §3, step 4: one refresh for an unknown name in this time. A list that was read within it is fresh enough. */
const REFRESH_INTERVAL = 10_000;

interface Entry {
  readonly tool: Tool;
  readonly count: number;
  /** Arguments that are repeated in headers. */
  readonly mirrored: MirroredReading;
  risk?: Risk;
}

export interface DirectoryOptions {
  /** Rejects with `UpstreamError`. */
  readonly list: () => Promise<readonly Tool[]>;
  readonly clock: Clock;
  readonly onChange: () => void;
  /** Whether calls travel with headers that tools define: then a tool that defines them wrongly must not be offered. */
  readonly needsHeaders?: () => boolean;
  readonly log?: Log;
}

export class ToolDirectory {
  readonly #options: DirectoryOptions;
  #tools: readonly Tool[] = [];
  #entries: Map<string, Entry> | undefined;
  #loading: Promise<void> | undefined;
  /** Counts the reasons to read anew; a reading is current when it began after the last of them. */
  #wanted = 1;
  #read = 0;
  #readAt = 0;
  #missedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /** In the server's order, duplicates included; `undefined` before the first reading, or where the server has no list. */
  get tools(): readonly Tool[] | undefined {
    return this.#entries ? this.#tools : undefined;
  }

  /** Milliseconds since the epoch. */
  get readAt(): number {
    return this.#readAt;
  }

  /** Two tools have this name, or its definition cannot be kept to: nobody gets to see or to call it. */
  isUnusable(name: string): boolean {
    const entry = this.#entries?.get(name);
    return entry !== undefined && (entry.count > 1 || this.#lacksHeaders(entry));
  }

  /** The arguments that a call of this tool repeats in headers. */
  mirrored(name: string): readonly MirroredParameter[] {
    const reading = this.#entries?.get(name)?.mirrored;
    return reading?.ok ? reading.parameters : [];
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
    if (standing.upstream !== 'missing' || this.#options.clock() - refreshedAt < REFRESH_INTERVAL) return standing;
    // Also a reading that fails counts.
    this.#missedAt = this.#options.clock();
    this.invalidate();
    await this.load();
    return this.#standingOf(name);
  }

  #standingOf(name: string): ToolStanding {
    if (!this.#entries) return { upstream: 'unchecked' };
    const entry = this.#entries.get(name);
    if (!entry || this.#lacksHeaders(entry)) return { upstream: 'missing' };
    const risk = (entry.risk ??= classifyTool(withPlainNumbers(entry.tool) as Tool));
    return { upstream: entry.count > 1 ? 'duplicate' : 'listed', risk, tool: entry.tool };
  }

  #lacksHeaders({ mirrored }: Entry): boolean {
    return !mirrored.ok && (this.#options.needsHeaders?.() ?? false);
  }

  #warnOfHeaders(): void {
    for (const [tool, { mirrored }] of this.#entries ?? [])
      if (!mirrored.ok && this.#options.needsHeaders?.())
        this.#options.log?.warn('A tool is not offered, since it defines its headers wrongly.', {
          tool: printable(tool),
          problem: printable(mirrored.problem),
        });
  }

  async #readList(): Promise<void> {
    const began = this.#wanted;
    try {
      this.#keep(await this.#options.list());
    } catch (error) {
      if (!isWithoutTools(error)) throw error;
      this.#entries = undefined;
    }
    this.#read = began;
    this.#options.onChange();
  }

  #keep(tools: readonly Tool[]): void {
    const entries = new Map<string, Entry>();
    for (const tool of tools) {
      const count = (entries.get(tool.name)?.count ?? 0) + 1;
      entries.set(tool.name, { tool, count, mirrored: readMirrored(tool['inputSchema']) });
    }
    this.#tools = tools;
    this.#entries = entries;
    this.#warnOfHeaders();
    this.#readAt = this.#options.clock();
  }
}

function isWithoutTools(error: unknown): boolean {
  return error instanceof AnsweredError && error.answered === errorCodes.methodNotFound;
}
