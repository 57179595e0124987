/** Diagnostics: the findings of the analysis room in LSP's shape. */
import {
  DiagnosticSeverity,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Position,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Elsewhere, Finding, Severity } from '../../analysis/finding.ts';
import type { LineColumn } from '../../policy/json/node.ts';
import { rulePage } from '../../analysis/index.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { TextView } from '../document/text-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function diagnose(view: PolicyView, tools: KnownTools): Diagnostic[] {
  return view.findings(tools).map((finding) => toDiagnostic(finding, view));
}

export function toDiagnostic(finding: Finding, view: TextView, page = rulePage(finding.code)): Diagnostic {
  const here = finding.related?.map(({ span, message }) => ({
    location: { uri: view.uri, range: view.range(span) },
    message,
  }));
  const related = [...(here ?? []), ...(finding.elsewhere ?? []).map(inOtherFile)];
  return {
    range: view.range(finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: page },
    source: 'portcullis',
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}

function inOtherFile({ file, start, end, message }: Elsewhere): DiagnosticRelatedInformation {
  return {
    location: { uri: URI.file(file).toString(), range: { start: positionOf(start), end: positionOf(end) } },
    message,
  };
}

function positionOf({ line, column }: LineColumn): Position {
  return { line: line - 1, character: column - 1 };
}
