/** A review of a policy for people: what is new, gone, changed and more open than recommended, then the difference of the text. */
import { escapeUntrusted, readableLines } from '../../catalog/index.ts';
import { outcomeInWords, ruleInWords, type LeftOut, type Review } from '../../recommendation/index.ts';
import type { Risk } from '../../risk/index.ts';
import type { Terminal } from '../terminal.ts';
import { unifiedDiff } from './diff.ts';
import { alignedRows } from './table.ts';

/** Of rules that a person wrote and that stay, as many as one reads. */
const MOST_OPEN = 30;

/** `file` as the person named it; `before` is its text. */
export function printReview(file: string, before: string, review: Review, terminal: Terminal): string {
  const parts = [
    section('New tools', review.added.map(addedRow), terminal),
    section('Gone from the server', review.vanished.map(vanishedRow), terminal),
    section('Changed', review.changed.map(changedRow), terminal),
    section('More open than recommended, and kept', review.open.map(openRow), terminal, MOST_OPEN),
    // Lines of a policy hold what a person wrote, but also names from servers.
    readableLines(unifiedDiff(before, review.text, escapeUntrusted(file))),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

type Row = readonly string[];

function section(title: string, rows: readonly Row[], { width }: Terminal, most = Infinity): string {
  if (rows.length === 0) return '';
  const rest = rows.length > most ? `    and ${rows.length - most} more\n` : '';
  return `${title} (${rows.length})\n${alignedRows(rows.slice(0, most), width).join('')}${rest}`;
}

function addedRow({ tool, risk, rule }: Review['added'][number]): Row {
  return [`  + ${shown(tool.name)}`, verdict(risk), `${ruleInWords(rule)}. ${risk.why.join(' ')}`];
}

function vanishedRow({ name, removed }: Review['vanished'][number]): Row {
  const what = removed ? 'what init wrote for it goes' : 'kept: a person wrote it, or it keeps the tool out';
  return [`  - ${shown(name)}`, what];
}

function changedRow({ name, riskBefore, riskAfter, fields, rule }: Review['changed'][number]): Row {
  const what = `Its ${fields.map((field) => escapeUntrusted(field)).join(' and ')} changed`;
  const proposed = rule ? `; proposed: ${ruleInWords(rule)}.` : '; your rule stays.';
  return [`  ~ ${shown(name)}`, riskChange(riskBefore, riskAfter), what + proposed];
}

function openRow({ name, standing, recommended }: Review['open'][number]): Row {
  return [`    ${shown(name)}`, standing, `recommended: ${outcomeInWords(recommended)}`];
}

function shown(name: string): string {
  return escapeUntrusted(name);
}

function verdict({ category, level }: Risk): string {
  return `${category}, ${level}`;
}

function riskChange(before: Risk, after: Risk): string {
  return verdict(before) === verdict(after) ? verdict(after) : `${verdict(before)} → ${verdict(after)}`;
}

const REASONS: Readonly<Record<LeftOut['reason'], string>> = {
  unsafe: 'its name is one that no call may have',
  twice: 'the server lists it twice, so which one would be called is not known',
  'look-alike': 'its name passes for that of another tool',
};

export function printLeftOut(leftOut: readonly LeftOut[]): string {
  return leftOut
    .map(({ name, reason }) => `portcullis: "${shown(name)}" is left out, so it stays denied: ${REASONS[reason]}.\n`)
    .join('');
}
