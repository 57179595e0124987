/** Diagnostics: the findings of the analysis room in LSP's shape. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { Finding, Severity } from '../../analysis/finding.ts';
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
  const related = finding.related?.map(({ span, message }) => ({
    location: { uri: view.uri, range: view.range(span) },
    message,
  }));
  return {
    range: view.range(finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: page },
    source: 'portcullis',
    message: finding.message,
    ...(related ? { relatedInformation: related } : {}),
  };
}
