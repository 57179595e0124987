/** Findings for people: place, severity, message, the line with a marker below, and the fixes that the editor would offer. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { placeFindings, type FileFindings, type PlacedFinding } from './findings.ts';
import { Lines } from './lines.ts';

/** As much of a source line as fits a terminal. */
const FRAME_WIDTH = 100;

export function printFindings(files: readonly FileFindings[]): string {
  return files.flatMap((each) => printFile(each)).join('');
}

function printFile(each: FileFindings): readonly string[] {
  const lines = new Lines(each.text);
  return placeFindings([each]).map((finding, index) =>
    printFinding(finding, each.findings[index]?.sensitive ? '' : frame(finding, lines.line(finding.line))),
  );
}

/** `source`: the lines that show the place, empty where they must not be shown. */
function printFinding(finding: PlacedFinding, source: string): string {
  if (finding.excused !== undefined) return printExcused(finding, finding.excused);
  const { file, line: row, column, severity, code, message } = finding;
  const fixes = finding.fixes.map((fix) => `    fix: ${fix.title}\n`).join('');
  return `${file}:${row}:${column}: ${severity}: ${message} [${code}]\n${source}${fixes}`;
}

/** What was decided about it, without the line and the fixes: nothing is to be done. */
function printExcused({ file, line, column, code, message }: PlacedFinding, reason: string): string {
  return `${file}:${line}:${column}: excused: ${message} [${code}]\n    reason: ${escapeUntrusted(reason)}\n`;
}

function frame(finding: PlacedFinding, line: string): string {
  const start = Math.max(0, finding.column - 1 - FRAME_WIDTH / 2);
  // One visible character for each that could move the marker, or play with the terminal.
  const shown = line
    .slice(start, start + FRAME_WIDTH)
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
  const end = finding.endLine === finding.line ? finding.endColumn : line.length + 1;
  const width = Math.max(1, Math.min(end - finding.column, FRAME_WIDTH / 2));
  return `    ${shown}\n    ${' '.repeat(finding.column - 1 - start)}${'^'.repeat(width)}\n`;
}

export function summary(files: readonly FileFindings[]): string {
  const all = files.flatMap((each) => each.findings);
  const count = (severity: string): number => all.filter((finding) => finding.severity === severity).length;
  const parts = [plural(count('error'), 'error'), plural(count('warning'), 'warning')];
  const notes = count('information') + count('hint');
  if (notes > 0) parts.push(plural(notes, 'note'));
  const excused = files.flatMap((each) => each.excused ?? []).length;
  if (excused > 0) parts.push(`${excused} excused`);
  return `${plural(files.length, 'file')} checked: ${parts.join(', ')}.\n`;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
