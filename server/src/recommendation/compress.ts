/**
 * Names to hide, put into fewer lines by wildcards. Pure. Only `hide` is ever compressed: a pattern there can hide a tool that comes later,
 * which `"default": "deny"` would deny anyway; a pattern in `tools` would list it (policy language §2).
 */
import { matchesPattern } from '../policy/index.ts';
import { classifyTool } from '../risk/index.ts';

/** A pattern must stand for this many names, or the names themselves say more. */
const WORTH_IT = 3;

/** Letters and digits that a pattern must spell out, so that it says what it means. */
const SPELT_OUT = 3;

/** Patterns that are looked at more closely, those that arise from most names first. Bounds the work on hostile lists. */
const MOST_CANDIDATES = 400;

/**
 * Items for `hide` that together match every name of `hidden` and none of `kept`: patterns first, then the names that no pattern stands for.
 * Both lists must be free of names with a `*`.
 */
export function compressNames(hidden: readonly string[], kept: readonly string[]): readonly string[] {
  const patterns: string[] = [];
  const rest = new Set(hidden);
  const candidates = coveringPatterns(hidden, kept);
  for (let best = mostUseful(candidates, rest); best !== undefined; best = mostUseful(candidates, rest)) {
    patterns.push(best.pattern);
    for (const name of best.covers) rest.delete(name);
  }
  return [...patterns.sort(), ...[...rest].sort()];
}

interface Candidate {
  readonly pattern: string;
  readonly covers: readonly string[];
}

function coveringPatterns(hidden: readonly string[], kept: readonly string[]): readonly Candidate[] {
  const origins = new Map<string, number>();
  for (const name of hidden) {
    for (const pattern of new Set(patternsIn(name))) origins.set(pattern, (origins.get(pattern) ?? 0) + 1);
  }
  return [...origins]
    .filter(([, count]) => count >= WORTH_IT)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_CANDIDATES)
    .filter(([pattern]) => saysWhy(pattern) && !kept.some((name) => matchesPattern(pattern, name)))
    .map(([pattern]) => ({ pattern, covers: hidden.filter((name) => matchesPattern(pattern, name)) }));
}

/** Whether its words alone speak against the tool, as `delete_*` does; `*_issue` would hide what reads issues later. */
function saysWhy(pattern: string): boolean {
  const { category, confidence } = classifyTool({ name: pattern.replaceAll('*', '') });
  return category !== 'Read' && confidence !== 'low';
}

/** What stands for most of the names that are left; of equals what is anchored at the beginning, then what is shorter. */
function mostUseful(candidates: readonly Candidate[], rest: ReadonlySet<string>): Candidate | undefined {
  let best: Candidate | undefined;
  let most = WORTH_IT - 1;
  for (const candidate of candidates) {
    const gain = candidate.covers.filter((name) => rest.has(name)).length;
    if (gain < most || (gain === most && (best === undefined || !isPlainer(candidate.pattern, best.pattern)))) continue;
    best = candidate;
    most = gain;
  }
  return best;
}

function isPlainer(a: string, b: string): boolean {
  const anchored = Number(b.startsWith('*')) - Number(a.startsWith('*'));
  return anchored !== 0 ? anchored > 0 : a.length < b.length;
}

/** `delete_*` of `delete_issue`; `*_delete_*` of `issues_delete_all`; `*Delete*` of `IssuesDeleteAll`. Never the whole name. */
function* patternsIn(name: string): Generator<string> {
  const words = wordsOf(name);
  let before = '';
  for (const [index, word] of words.entries()) {
    const separator = /[_./-]*$/.exec(before)?.[0] ?? '';
    const tail = index === words.length - 1 ? '' : '*';
    before += word;
    if (tail === '*' && isSpeltOut(before)) yield `${before}*`;
    if (index > 0 && isSpeltOut(word)) yield `*${separator}${word}${tail}`;
  }
}

/** Words with the separators behind them: `delete_`, `issue`; camel case is split too. */
function wordsOf(name: string): readonly string[] {
  return name.match(/[_./-]+|(?:\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+|[^\p{Lu}\p{Ll}\d_./-]+)[_./-]*/gu) ?? [];
}

function isSpeltOut(text: string): boolean {
  return (text.match(/[\p{L}\d]/gu)?.length ?? 0) >= SPELT_OUT;
}
