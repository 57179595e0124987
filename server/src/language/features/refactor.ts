/** Refactorings of a policy as code actions: small edits about what is selected, after which the policy is still valid. */
import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import { applyChanges, compilePolicy } from '../../policy/index.ts';
import type { ClientFeatures } from '../client-features.ts';
import type { PolicyView } from '../document/policy-view.ts';
import { tokenAt } from '../document/token.ts';
import { innermost } from '../document/cursor.ts';
import { categoryRefactorings } from '../refactorings/category.ts';
import { formRefactorings } from '../refactorings/forms.ts';
import type { Refactoring, RefactoringContext } from '../refactorings/refactoring.ts';
import { sortRefactorings } from '../refactorings/sort.ts';
import { toolRefactorings } from '../refactorings/tool.ts';
import { coverRefactorings } from '../refactorings/uncovered.ts';
import { wildcardRefactorings } from '../refactorings/wildcard.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { isWithin, workspaceEdit } from './code-actions.ts';

/** Sorting alone: it changes no decision, so it may be done unseen, on save. */
export const ORGANIZE = 'source.organize.portcullis';

const REFACTORINGS = [
  toolRefactorings,
  formRefactorings,
  wildcardRefactorings,
  categoryRefactorings,
  coverRefactorings,
  sortRefactorings,
];

/** Offered only when asked for or where nothing else is: a policy that has errors gets none. */
export function refactor(
  view: PolicyView,
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  tools: KnownTools,
  client: Pick<ClientFeatures, 'versionedEdits' | 'annotatedEdits'>,
): CodeAction[] {
  const { policy, text } = view;
  if (policy === undefined) return [];
  const wanted = (kind: string): boolean => context.only?.some((only) => isWithin(kind, only)) ?? true;
  const at = { text, policy, tools, name: nameAt(view, view.spanOf(range).start) };
  const toAction = (kind: string) => (each: Refactoring) => action(view, each, kind, client);
  return [
    ...(wanted(CodeActionKind.RefactorRewrite) ? possible(at).map(toAction(CodeActionKind.RefactorRewrite)) : []),
    ...(context.only && wanted(ORGANIZE) ? sortRefactorings(at).map(toAction(ORGANIZE)) : []),
  ];
}

/** Those that change something and leave a valid policy. */
export function possible(context: RefactoringContext): readonly Refactoring[] {
  return REFACTORINGS.flatMap((refactorings) => refactorings(context)).filter(
    ({ changes }) => changes.length > 0 && compilePolicy(applyChanges(context.text, changes)).ok,
  );
}

/** The name or pattern whose entry or item of `hide` is around the cursor. */
function nameAt(view: PolicyView, offset: number): string | undefined {
  const token = tokenAt(view.draft, offset);
  const path = token?.path ?? (view.draft ? innermost(view.draft, offset).path : []);
  if (path[0] === 'hide' && path.length === 2 && token) return String(token.token.value);
  return path[0] === 'tools' && typeof path[1] === 'string' ? path[1] : undefined;
}

function action(
  view: PolicyView,
  { title, changes, warning }: Refactoring,
  kind: string,
  { versionedEdits, annotatedEdits }: Pick<ClientFeatures, 'versionedEdits' | 'annotatedEdits'>,
): CodeAction {
  const edit = workspaceEdit(view, changes, versionedEdits);
  if (warning === undefined || !versionedEdits || !annotatedEdits) return { title, kind, edit };
  const documentChanges = edit.documentChanges?.map((change) =>
    'edits' in change
      ? { ...change, edits: change.edits.map((each) => ({ ...each, annotationId: 'warning' })) }
      : change,
  );
  const changeAnnotations = { warning: { label: title, description: warning, needsConfirmation: true } };
  return { title, kind, edit: { ...(documentChanges && { documentChanges }), changeAnnotations } };
}
