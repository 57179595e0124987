/** Findings of several files, as every output format takes them. */
import type { Finding } from '../../analysis/finding.ts';
import type { PolicyProblem, Span } from '../../policy/index.ts';
import { Lines } from './lines.ts';

export interface FileFindings {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
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
  readonly fixes: readonly PlacedFix[];
}

interface PlacedFix {
  readonly title: string;
  readonly edits: readonly (Range & { readonly newText: string })[];
}

export function placeFindings(files: readonly FileFindings[]): readonly PlacedFinding[] {
  return files.flatMap(({ file, text, findings }) => {
    const lines = new Lines(text);
    return findings.map((finding) => ({
      file,
      code: finding.code,
      severity: finding.severity,
      message: finding.message,
      ...range(lines, finding.span),
      fixes: finding.fixes.map((fix) => ({
        title: fix.title,
        edits: fix.edits.map((edit) => ({ ...range(lines, edit.span), newText: edit.text })),
      })),
    }));
  });
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
