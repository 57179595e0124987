/**
 * What a regular expression can match, read from the program that RE2 compiles it to. Both answers are proofs: `undefined` is said of all
 * that this does not see through.
 */
import type { RE2JS } from 're2js';

export type Extent = 'everything' | 'nothing' | undefined;

interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
}

/** Operations of RE2's programs, and the places that its empty-width ones ask for, as bits. */
const OP = {
  alt: 1,
  altMatch: 2,
  capture: 3,
  emptyWidth: 4,
  fail: 5,
  match: 6,
  nop: 7,
  rune: 8,
  rune1: 9,
  any: 10,
  anyNotNewline: 11,
} as const;
const AT = { beginLine: 1, endLine: 2, beginText: 4, endText: 8 } as const;
const BEGIN = AT.beginLine | AT.beginText;
const END = AT.endLine | AT.endText;

export function extentOf(regex: RE2JS): Extent {
  const { inst, start } = regex.re2().prog as { inst: readonly Instruction[]; start: number };
  if (canNeverMatch(inst, start)) return 'nothing';
  return matchesAnywhere(inst, start) || consumesAll(inst, start) ? 'everything' : undefined;
}

/** Instructions that are reached without reading a character, at a place where the empty-width operations of `passable` hold. */
function closure(inst: readonly Instruction[], from: number, passable: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const instruction = inst[at];
    if (!instruction || seen.has(at)) continue;
    seen.add(at);
    const { op, out, arg } = instruction;
    if (op === OP.alt || op === OP.altMatch) waiting.push(out, arg);
    else if (op === OP.capture || op === OP.nop) waiting.push(out);
    else if (op === OP.emptyWidth && (arg & ~passable) === 0) waiting.push(out);
  }
  return seen;
}

function holdsMatch(inst: readonly Instruction[], reached: ReadonlySet<number>): boolean {
  return [...reached].some((at) => inst[at]?.op === OP.match);
}

/** The empty text matches where every text begins, or where every text ends; expressions are not anchored. */
function matchesAnywhere(inst: readonly Instruction[], start: number): boolean {
  return holdsMatch(inst, closure(inst, start, BEGIN)) || holdsMatch(inst, closure(inst, start, END));
}

/** As `(?s)^.*$`: from the beginning any number of any characters, then the end. */
function consumesAll(inst: readonly Instruction[], start: number): boolean {
  if (!holdsMatch(inst, closure(inst, start, BEGIN | END))) return false;
  return [...closure(inst, start, BEGIN)].some((at) => {
    const instruction = inst[at];
    if (instruction?.op !== OP.any) return false;
    return closure(inst, instruction.out, 0).has(at) && holdsMatch(inst, closure(inst, instruction.out, END));
  });
}

/** Walks everything that could be reached: at the beginning only before the first character, and no character after the end. */
function canNeverMatch(inst: readonly Instruction[], start: number): boolean {
  const seen = new Set<number>();
  const waiting: Walk[] = [{ at: start, read: false, ended: false }];
  for (let walk = waiting.pop(); walk; walk = waiting.pop()) {
    const key = walk.at * 4 + (walk.read ? 2 : 0) + (walk.ended ? 1 : 0);
    const instruction = inst[walk.at];
    if (!instruction || seen.has(key)) continue;
    seen.add(key);
    if (instruction.op === OP.match) return false;
    waiting.push(...next(instruction, walk));
  }
  return true;
}

interface Walk {
  readonly at: number;
  readonly read: boolean;
  readonly ended: boolean;
}

function next({ op, out, arg, runes }: Instruction, walk: Walk): readonly Walk[] {
  switch (op) {
    case OP.fail:
      return [];
    case OP.alt:
    case OP.altMatch:
      return [
        { ...walk, at: out },
        { ...walk, at: arg },
      ];
    case OP.emptyWidth:
      if ((arg & AT.beginText) !== 0 && walk.read) return [];
      return [{ at: out, read: walk.read, ended: walk.ended || (arg & AT.endText) !== 0 }];
    case OP.rune:
    case OP.rune1:
    case OP.any:
    case OP.anyNotNewline:
      return walk.ended || runes.length === 0 ? [] : [{ at: out, read: true, ended: false }];
    default:
      return [{ ...walk, at: out }];
  }
}
