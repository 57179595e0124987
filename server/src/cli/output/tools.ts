/** Tools for people: by risk, the most dangerous first, with what they cost an agent. */
import { escapeUntrusted, estimateTokens, type Tool } from '../../catalog/index.ts';
import { isListable, type CompiledPolicy } from '../../policy/index.ts';
import { CATEGORIES, RISK_LEVELS, type Category } from '../../policy/vocabulary.ts';
import type { Risk } from '../../risk/index.ts';
import { paint, type Colour, type Terminal } from '../terminal.ts';
import { alignedRows } from './table.ts';

/** One tool as `portcullis tools` describes it; also the shape of `--format json`. */
export interface ToolRow extends Risk {
  readonly name: string;
  /** What the policy does with it, and by which rule; absent without a policy. */
  readonly decision?: string;
  readonly rule?: string;
}

/** From what destroys to what reads: where a person should begin. */
const ORDER: readonly Category[] = ['Financial', 'Destructive', 'Execute', 'Write', 'Read'];

const COLOURS: Readonly<Record<Category, Colour>> = {
  Financial: 'red',
  Destructive: 'red',
  Execute: 'yellow',
  Write: 'blue',
  Read: 'green',
};

export function printTools(rows: readonly ToolRow[], terminal: Terminal): string {
  const groups = ORDER.map((category) => rows.filter((row) => row.category === category).sort(byRisk));
  const sorted = groups.flat();
  const governed = rows.some((row) => row.decision !== undefined);
  const header = ['  TOOL', 'LEVEL', 'CONFIDENCE', ...(governed ? ['POLICY'] : []), 'WHY'];
  const [head = '', ...lines] = alignedRows([header, ...sorted.map((row) => cells(row, governed))], terminal.width);
  const printed = new Map(sorted.map((row, index) => [row, lines[index] ?? '']));
  const blocks = groups
    .filter((group) => group.length > 0)
    .map((group) => `${heading(group, terminal)}\n${group.map((row) => `${printed.get(row)}`).join('')}`);
  return `${paint(head.trimEnd(), 'dim', terminal)}\n${blocks.join('\n')}`;
}

function byRisk(a: ToolRow, b: ToolRow): number {
  const level = RISK_LEVELS.indexOf(b.level) - RISK_LEVELS.indexOf(a.level);
  return level || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function cells(row: ToolRow, governed: boolean): readonly string[] {
  return [
    `  ${escapeUntrusted(row.name)}`,
    row.level,
    row.confidence,
    ...(governed ? [policyCell(row)] : []),
    `${row.also === undefined ? '' : `Also ${row.also}. `}${row.why.join(' ')}`,
  ];
}

function policyCell({ decision = '', rule = '' }: ToolRow): string {
  if (rule === '(default deny)') return 'denied by default';
  return rule.startsWith('/') ? `${decision} by ${escapeUntrusted(rule)}` : decision;
}

function heading(group: readonly ToolRow[], terminal: Terminal): string {
  const category = group[0]?.category ?? 'Read';
  return paint(`${category} (${group.length})`, COLOURS[category], terminal);
}

/** How many there are of what, and what they cost. `server` must already be escaped. */
export function printTotals(
  rows: readonly ToolRow[],
  tools: readonly Tool[],
  server: string,
  policy?: CompiledPolicy,
): string {
  const categories = CATEGORIES.toReversed().map((category) => [
    category,
    rows.filter((row) => row.category === category),
  ]);
  const levels = RISK_LEVELS.toReversed().map((level) => [level, rows.filter((row) => row.level === level)]);
  const list = (parts: readonly (readonly [string, readonly unknown[]])[]): string =>
    parts.map(([name, found]) => `${found.length} ${name}`).join(', ');
  return `${number(rows.length, 'tool')} of ${server}
  by category: ${list(categories as [string, ToolRow[]][])}
  by level: ${list(levels as [string, ToolRow[]][])}
  tokens: ${tokens(tools, policy)}
          (an estimate: name, description and argument schema as JSON, 4.5 characters a token)
`;
}

function tokens(tools: readonly Tool[], policy: CompiledPolicy | undefined): string {
  const sum = (some: readonly Tool[]): number => some.reduce((total, tool) => total + estimateTokens(tool), 0);
  const cost = `about ${round(sum(tools))} in every conversation that lists them`;
  if (!policy) return cost;
  const hidden = tools.filter(({ name }) => !isListable(policy, name));
  return `${cost}; the policy hides ${number(hidden.length, 'tool')} and saves about ${round(sum(hidden))}`;
}

/** Two digits say as much as an estimate can. */
function round(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en');
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
