/**
 * A difference with lines that fill no terminal: of a configuration that stands in one line, the parts around what changes. What changes is
 * never shortened: a person agrees to it. Texts are not escaped here.
 */
import { editsBetween, type Edit } from './edits.ts';

/** A line up to this many characters is shown as it is. */
const LONG = 200;

/** Characters that are shown before and after what changes. */
const AROUND = 60;

/** The lines of a hunk, one for each, with long stretches left out that stay as they are. */
export function withoutLongStretches(hunk: readonly Edit[]): readonly Edit[] {
  const lines = hunk.map(({ sign, line }) =>
    sign === ' ' ? { sign, line: shortened([{ sign, line }]) } : { sign, line },
  );
  for (const [goes, comes] of replacedLines(hunk)) {
    const [before, after] = [hunk[goes]?.line ?? '', hunk[comes]?.line ?? ''];
    if (Math.max(before.length, after.length) <= LONG) continue;
    const edits = editsBetween(piecesOf(before), piecesOf(after));
    lines[goes] = { sign: '-', line: shortened(sideOf(edits, '+')) };
    lines[comes] = { sign: '+', line: shortened(sideOf(edits, '-')) };
  }
  return lines;
}

/** Where, in each run of changes, a line goes and another comes in its place. */
function replacedLines(hunk: readonly Edit[]): readonly (readonly [goes: number, comes: number])[] {
  const found: [number, number][] = [];
  let [goes, comes]: [number[], number[]] = [[], []];
  for (const [index, sign] of [...hunk.map((edit) => edit.sign), ' '].entries()) {
    if (sign === '-') goes.push(index);
    else if (sign === '+') comes.push(index);
    else {
      found.push(...goes.slice(0, comes.length).map((each, at): [number, number] => [each, comes[at] ?? each]));
      [goes, comes] = [[], []];
    }
  }
  return found;
}

/** What JSON and TOML put into lines of their own where they are laid out. */
function piecesOf(line: string): readonly string[] {
  return line.match(/[^,{}[\]]*(?:[,{}[\]]|$)/g) ?? [];
}

/** The line before or after: what the other one has instead keeps its place, so that both show what is around it. */
function sideOf(edits: readonly Edit[], without: Edit['sign']): readonly Edit[] {
  return edits.map((edit) => (edit.sign === without ? { ...edit, line: '' } : edit));
}

/** One line of its pieces; of those that stay, what is far from a change is counted only. */
function shortened(pieces: readonly Edit[]): string {
  const runs: { stays: boolean; text: string }[] = [];
  for (const { sign, line } of pieces) {
    const last = runs.at(-1);
    if (last?.stays === (sign === ' ')) last.text += line;
    else runs.push({ stays: sign === ' ', text: line });
  }
  return runs
    .map(({ stays, text }, index) => (stays ? withoutMiddle(text, index > 0, index < runs.length - 1) : text))
    .join('');
}

/** `head`: a change stands before it; `tail`: one stands behind it. Where neither does, its beginning is shown. */
function withoutMiddle(text: string, head: boolean, tail: boolean): string {
  const first = text.slice(0, head || !tail ? AROUND : 0).replace(/[\uD800-\uDBFF]$/, '');
  const last = (tail ? text.slice(-AROUND) : '').replace(/^[\uDC00-\uDFFF]/, '');
  const left = text.length - first.length - last.length;
  return text.length <= LONG ? text : `${first}…[${String(left)} characters that stay]…${last}`;
}
