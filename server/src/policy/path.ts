/** The syntax of `path` and `increment_from` (policy language §1 "Condition"). What a path finds in a call is resolve.ts's business. */
import { readJson } from './json/reader.ts';
import type { Span } from './json/node.ts';

export type PathStep =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'every' };

export const FACT_ROOTS = ['tool.name', 'tool.category', 'tool.risk', 'grant.label', 'client.name'] as const;
/** A root other than `args`: a fact about the call that has no parts. */
export type FactRoot = (typeof FACT_ROOTS)[number];

export type ParsedPath =
  | { readonly root: 'args'; readonly steps: readonly PathStep[] }
  | { readonly root: FactRoot; readonly steps: readonly [] };

/** Where in the path's text (UTF-16 offsets) it goes wrong, and what should stand there. */
export interface PathProblem extends Span {
  readonly message: string;
}

export type PathReading =
  { readonly ok: true; readonly path: ParsedPath } | { readonly ok: false; readonly problem: PathProblem };

const MAX_LENGTH = 1_024;
const MAX_STEPS = 32;

const NAME_STEP = /\.([A-Za-z_$@][A-Za-z0-9_$@-]*)/y;
const INDEX_STEP = /\[(0|[1-9][0-9]{0,8})\]/y;
const EVERY_STEP = /\[\*\]/y;
const KEY_STEP = /\[("(?:[^"\\]|\\.)*")\]/suy;

/** An editor compiles the same few paths on every keystroke. */
const MAX_REMEMBERED = 4_096;
const remembered = new Map<string, PathReading>();

/** The same text gives the very same object, for as long as it is remembered. */
export function parsePath(text: string): PathReading {
  let reading = remembered.get(text);
  if (reading === undefined) {
    reading = readPath(text);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    if (text.length <= MAX_LENGTH) remembered.set(text, reading);
  }
  return reading;
}

function readPath(text: string): PathReading {
  if (text.length > MAX_LENGTH && [...text].length > MAX_LENGTH) {
    return failed(`A path has at most ${MAX_LENGTH} characters.`, 0, text.length);
  }
  const fact = FACT_ROOTS.find((root) => root === text);
  if (fact) return { ok: true, path: { root: fact, steps: [] } };
  if (!/^args(?![A-Za-z0-9_$@-])/.test(text)) return wrongRoot(text);
  return parseSteps(text);
}

function parseSteps(text: string): PathReading {
  const steps: PathStep[] = [];
  let at = 'args'.length;
  while (at < text.length) {
    if (steps.length === MAX_STEPS) return failed(`A path has at most ${MAX_STEPS} steps.`, at, text.length);
    const found = stepAt(text, at);
    if (!found) return failed(advice(text, at), at, text.length);
    steps.push(found.step);
    at = found.end;
  }
  return { ok: true, path: { root: 'args', steps } };
}

interface FoundStep {
  readonly step: PathStep;
  readonly end: number;
}

function stepAt(text: string, at: number): FoundStep | undefined {
  const found = (step: PathStep, [whole]: RegExpExecArray): FoundStep => ({ step, end: at + whole.length });
  const name = matchAt(NAME_STEP, text, at);
  if (name) return found({ kind: 'key', name: name[1] ?? '' }, name);
  const index = matchAt(INDEX_STEP, text, at);
  if (index) return found({ kind: 'index', index: Number(index[1]) }, index);
  const every = matchAt(EVERY_STEP, text, at);
  if (every) return found({ kind: 'every' }, every);
  const quoted = matchAt(KEY_STEP, text, at);
  if (!quoted) return undefined;
  const key = readJson(quoted[1] ?? '');
  return key.ok && key.root.kind === 'string' ? found({ kind: 'key', name: key.root.value }, quoted) : undefined;
}

function matchAt(step: RegExp, text: string, at: number): RegExpExecArray | null {
  step.lastIndex = at;
  return step.exec(text);
}

function wrongRoot(text: string): PathReading {
  const fact = FACT_ROOTS.find((root) => text.startsWith(root));
  if (fact) return failed(`"${fact}" has no parts. Remove what follows it.`, fact.length, text.length);
  return failed(`A path begins with "args", or is one of ${FACT_ROOTS.join(', ')}.`, 0, text.length);
}

function advice(text: string, at: number): string {
  const character = text.charAt(at);
  const key = 'Write ["the key"] for a key with other characters than letters, digits, _, $, @ and -.';
  if (character === '.') return `No name follows this dot. ${key}`;
  if (character === '[')
    return 'In brackets stands a number such as [0], a key in double quotes such as ["a b"], or [*] for every item.';
  return `A step begins with a dot or a bracket. ${key}`;
}

function failed(message: string, start: number, end: number): PathReading {
  return { ok: false, problem: { message, start, end } };
}
