/** Code actions: the fixes that findings carry, one at a time or all that are safe at once. */
import { CodeActionKind, type CodeAction, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, Fix, TextChange } from '../../analysis/finding.ts';
import type { Span } from '../../policy/json/node.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { TextView } from '../document/text-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { toDiagnostic } from './diagnostics.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.portcullis`;

/**
 * Findings whose preferred fix may be applied unseen (on save, say): the document is invalid and in force nowhere, and there is one plain
 * way to mend it that grants nothing. A misspelt tool or value is not among them: naming another one changes what is allowed.
 */
const SAFE_CODES: ReadonlySet<string> = new Set(['json-syntax', 'unknown-key', 'missing-key']);

/** @param params - The selection, and which kinds of action the client wants. */
export function codeActions(
  view: PolicyView,
  params: Pick<CodeActionParams, 'range' | 'context'>,
  tools: KnownTools,
  versioned: boolean,
): CodeAction[] {
  const findings = view.findings(tools);
  const wanted = (kind: string): boolean => params.context.only?.some((only) => isWithin(kind, only)) ?? true;
  const edit = (changes: readonly TextChange[]): WorkspaceEdit => workspaceEdit(view, changes, versioned);
  return [
    ...(wanted(CodeActionKind.QuickFix) ? quickFixes(view, findings, view.spanOf(params.range), edit) : []),
    ...(wanted(FIX_ALL) ? fixAll(findings, edit) : []),
  ];
}

type MakeEdit = (changes: readonly TextChange[]) => WorkspaceEdit;

export function quickFixes(
  view: TextView,
  findings: readonly Finding[],
  selection: Span,
  edit: MakeEdit,
): CodeAction[] {
  return touched(findings, selection).flatMap((finding) =>
    finding.fixes.map((fix) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(finding, view)],
      edit: edit(fix.edits),
      ...(fix.preferred ? { isPreferred: true } : {}),
    })),
  );
}

export function touched(findings: readonly Finding[], selection: Span): readonly Finding[] {
  return findings.filter(({ span }) => span.start <= selection.end && selection.start <= span.end);
}

/** A quick fix by which the editor asks the person something, under the command's title. */
export function askingAction(
  finding: Finding,
  view: PolicyView,
  command: NonNullable<CodeAction['command']>,
): CodeAction {
  return { title: command.title, kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(finding, view)], command };
}

function fixAll(findings: readonly Finding[], edit: MakeEdit): CodeAction[] {
  const safe = findings.filter(({ code }) => SAFE_CODES.has(code));
  const fixes = safe.flatMap((finding) => finding.fixes.find(({ preferred }) => preferred) ?? []);
  const changes = withoutOverlaps(fixes);
  if (changes.length === 0) return [];
  return [{ title: 'Fix everything that has one safe fix', kind: FIX_ALL, edit: edit(changes) }];
}

/** A fix that touches what an earlier one changes is left for the next time. */
function withoutOverlaps(fixes: readonly Fix[]): readonly TextChange[] {
  const chosen: TextChange[] = [];
  for (const { edits } of fixes) {
    const free = edits.every(({ span }) =>
      chosen.every((other) => span.end < other.span.start || other.span.end < span.start),
    );
    if (free) chosen.push(...edits);
  }
  return chosen;
}

/** With the version, an editor refuses the edit when the text has moved on. */
export function workspaceEdit(view: TextView, changes: readonly TextChange[], versioned: boolean): WorkspaceEdit {
  const edits = changes.map(({ span, text }) => ({ range: view.range(span), newText: text }));
  if (!versioned) return { changes: { [view.uri]: edits } };
  return { documentChanges: [{ textDocument: { uri: view.uri, version: view.version }, edits }] };
}

/** Whether an action of `kind` is asked for by `only`: kinds are hierarchical. */
export function isWithin(kind: string, only: string): boolean {
  return only === '' || kind === only || kind.startsWith(`${only}.`);
}
