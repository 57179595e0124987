/** The tools of a policy as the page knows them: which are shown, in which order, and which are selected. Pure. */
import type { PolicyTool } from '../../../server/src/protocol/policyTools.ts';
import type { ToolFilter } from '../../src/webview/builder/messages.ts';
import type { GridRows } from '../list/rows.ts';

export interface ToolRow extends PolicyTool {
  /** The tool's name. */
  readonly id: string;
}

export type RiskWord = Exclude<ToolFilter['risk'], ''>;

/** The most dangerous first. */
export const riskWords: readonly RiskWord[] = ['critical', 'high', 'medium', 'low', 'none'];

export const noFilter: ToolFilter = { text: '', risk: '', state: '' };

export const isFiltering = ({ text, risk, state }: ToolFilter): boolean =>
  text.trim() !== '' || risk !== '' || state !== '';

export const riskOf = ({ risk }: PolicyTool): RiskWord => risk?.level ?? 'none';

export class Tools implements GridRows<ToolRow> {
  #all: readonly ToolRow[] = [];
  #filter = noFilter;
  #shown: readonly ToolRow[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #selected = new Set<string>();

  get total(): number {
    return this.#all.length;
  }

  get length(): number {
    return this.#shown.length;
  }

  get filter(): ToolFilter {
    return this.#filter;
  }

  at(index: number): ToolRow | undefined {
    return this.#shown[index];
  }

  indexOf(id: string): number {
    return this.#places.get(id) ?? -1;
  }

  /** Whether it is known, shown or not. */
  has(id: string): boolean {
    return this.#all.some((row) => row.id === id);
  }

  /** A tool of which nothing changed keeps its row; a selected one that is gone is selected no more. */
  replace(tools: readonly PolicyTool[]): void {
    const before = new Map(this.#all.map((row) => [row.id, row]));
    this.#all = tools.map((tool) => kept(before.get(tool.name), { ...tool, id: tool.name })).sort(byRisk);
    const names = new Set(this.#all.map(({ id }) => id));
    this.#selected = new Set([...this.#selected].filter((id) => names.has(id)));
    this.#select();
  }

  setFilter(filter: ToolFilter): void {
    this.#filter = filter;
    this.#select();
  }

  /** How many there are of each word, whatever the filter. */
  count<Word extends string>(wordOf: (row: ToolRow) => Word): ReadonlyMap<Word, number> {
    const counts = new Map<Word, number>();
    for (const row of this.#all) counts.set(wordOf(row), (counts.get(wordOf(row)) ?? 0) + 1);
    return counts;
  }

  /** In the order of the table, also those that the filter leaves out. */
  get selected(): readonly string[] {
    return this.#all.filter(({ id }) => this.#selected.has(id)).map(({ id }) => id);
  }

  get selectedUnseen(): number {
    return this.selected.filter((id) => this.indexOf(id) < 0).length;
  }

  isSelected(id: string): boolean {
    return this.#selected.has(id);
  }

  toggle(id: string): void {
    if (!this.#selected.delete(id)) this.#selected.add(id);
  }

  /** All that are shown between two of them, both included. */
  selectBetween(from: string, to: string): void {
    const [first, last] = [this.indexOf(from), this.indexOf(to)].sort((a, b) => a - b);
    if (first === undefined || last === undefined || first < 0) return;
    for (const { id } of this.#shown.slice(first, last + 1)) this.#selected.add(id);
  }

  selectShown(): void {
    for (const { id } of this.#shown) this.#selected.add(id);
  }

  clearSelection(): void {
    this.#selected.clear();
  }

  /** What a key changes: the row that it is pressed on, or the selection when the row belongs to it. */
  targets(id: string): readonly string[] {
    return this.isSelected(id) ? this.selected : [id];
  }

  #select(): void {
    this.#shown = this.#all.filter(matcher(this.#filter));
    this.#places = new Map(this.#shown.map(({ id }, index) => [id, index]));
  }
}

function kept(before: ToolRow | undefined, now: ToolRow): ToolRow {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

function byRisk(a: ToolRow, b: ToolRow): number {
  return riskWords.indexOf(riskOf(a)) - riskWords.indexOf(riskOf(b)) || (a.label < b.label ? -1 : 1);
}

/** Every word must occur somewhere in the row, whatever the case. */
function matcher({ text, risk, state }: ToolFilter): (row: ToolRow) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if ((risk !== '' && riskOf(row) !== risk) || (state !== '' && row.state !== state)) return false;
    if (words.length === 0) return true;
    const content = [row.label, row.description, row.rule, row.risk?.category ?? ''].join('\n').toLowerCase();
    return words.every((word) => content.includes(word));
  };
}
