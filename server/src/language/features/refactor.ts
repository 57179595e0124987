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

type Client = Pick<ClientFeatures, 'versionedEdits' | 'annotatedEdits' | 'resolvesEdits'>;

/** Offered only when asked for or where nothing else is: a policy that has errors gets none. */
export function refactor(
  view: PolicyView,
  { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  tools: KnownTools,
  client: Client,
): CodeAction[] {
  const offset = view.spanOf(range).start;
  const at = contextAt(view, offset, tools);
  if (at === undefined) return [];
  const wanted = (kind: string): boolean => context.only?.some((only) => isWithin(kind, only)) ?? true;
  return [
    ...(wanted(CodeActionKind.RefactorRewrite) ? rewrites(view, at, offset, client) : []),
    ...(context.only && wanted(ORGANIZE)
      ? sortRefactorings(at).map((each) => action(view, each, ORGANIZE, client))
      : []),
  ];
}

function contextAt(view: PolicyView, offset: number, tools: KnownTools): RefactoringContext | undefined {
  const { policy, text } = view;
  return policy && { text, policy, tools, name: nameAt(view, offset) };
}

/** Where the editor asks again for the one that is chosen, the texts that the others would make are not compiled for nothing. */
function rewrites(view: PolicyView, at: RefactoringContext, offset: number, client: Client): CodeAction[] {
  const kind = CodeActionKind.RefactorRewrite;
  if (!client.resolvesEdits) return possible(at).map((each) => action(view, each, kind, client));
  const data: ActionData = { uri: view.uri, version: view.version, offset };
  return changing(at).map(({ title }) => ({ title, kind, data }));
}

/** What comes back with the action that is chosen. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly offset: number;
}

/** The document that an action is about; `undefined` when it is none of those that are worked out later. */
export function actionUri(chosen: CodeAction): string | undefined {
  return readData(chosen)?.uri;
}

/** The action with its edit; without, when the document has changed since or the edit would leave no valid policy. */
export function resolveRefactoring(
  chosen: CodeAction,
  view: PolicyView,
  tools: KnownTools,
  client: Client,
): CodeAction {
  const data = readData(chosen);
  const at = data?.version === view.version ? contextAt(view, data.offset, tools) : undefined;
  const same = at && changing(at).find(({ title }) => title === chosen.title);
  if (!same || !leavesPolicy(at, same)) return chosen;
  return { ...chosen, ...action(view, same, CodeActionKind.RefactorRewrite, client) };
}

/** Our own data comes back from the client: checked like anything from outside. */
function readData({ data }: CodeAction): ActionData | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { uri, version, offset } = data as Readonly<Record<keyof ActionData, unknown>>;
  if (typeof uri !== 'string' || typeof version !== 'number' || typeof offset !== 'number') return undefined;
  return { uri, version, offset };
}

/** Those that change something and leave a valid policy. */
export function possible(context: RefactoringContext): readonly Refactoring[] {
  return changing(context).filter((each) => leavesPolicy(context, each));
}

function changing(context: RefactoringContext): readonly Refactoring[] {
  return REFACTORINGS.flatMap((refactorings) => refactorings(context)).filter(({ changes }) => changes.length > 0);
}

function leavesPolicy({ text }: RefactoringContext, { changes }: Refactoring): boolean {
  return compilePolicy(applyChanges(text, changes)).ok;
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
