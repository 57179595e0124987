/** Findings of several files, as every output format takes them. */
import type { Finding } from '../../analysis/finding.ts';
import type { ExcusedFinding } from '../../analysis/index.ts';
import { pointerAt, readJson, type JsonReading, type PolicyProblem, type Span } from '../../policy/index.ts';
import { Lines } from './lines.ts';

export interface FileFindings {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** They are listed and do not count. */
  readonly excused?: readonly ExcusedFinding[];
}

/** Lines and columns from 1, end exclusive. */
interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding in the shape that `check --format json` prints. */
export interface PlacedFinding extends Range {
  readonly file: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  /** JSON Pointer of the place, as `excused` of portcullis.json takes it; absent where the text is no JSON. */
  readonly at?: string;
  readonly fixes: readonly PlacedFix[];
  /** Why it does not count; absent when it does. */
  readonly excused?: string;
}

interface PlacedFix {
  readonly title: string;
  readonly edits: readonly (Range & { readonly newText: string })[];
}

/** Those that count, file by file, each followed by what is excused in it. */
export function placeFindings(files: readonly FileFindings[]): readonly PlacedFinding[] {
  return files.flatMap(({ file, text, findings, excused = [] }) => {
    const source: PlacedText = { file, lines: new Lines(text), reading: readJson(text) };
    return [
      ...findings.map((finding) => place(source, finding)),
      ...excused.map(({ finding, reason }) => ({ ...place(source, finding), excused: reason })),
    ];
  });
}

interface PlacedText {
  readonly file: string;
  readonly lines: Lines;
  readonly reading: JsonReading;
}

function place({ file, lines, reading }: PlacedText, finding: Finding): PlacedFinding {
  return {
    file,
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    ...(reading.ok ? { at: pointerAt(reading.root, finding.span.start) } : {}),
    ...range(lines, finding.span),
    fixes: finding.fixes.map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({ ...range(lines, edit.span), newText: edit.text })),
    })),
  };
}

export function range(lines: Lines, span: Span): Range {
  const start = lines.place(span.start);
  const end = lines.place(span.end);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** What makes a document no policy at all, as findings without fixes. */
export function toFindings(problems: readonly PolicyProblem[]): readonly Finding[] {
  return problems.map(({ code, message, span }) => ({ code, message, span, severity: 'error', fixes: [] }));
}
