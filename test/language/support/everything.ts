/** Every feature at one place of a document: what broken and hostile input goes through, and every edit that is offered there. */
import { MarkupKind, Range, TextEdit, type Position, type WorkspaceEdit } from 'vscode-languageserver';
import { codeActions } from '../../../server/src/language/features/code-actions.ts';
import { codeLenses } from '../../../server/src/language/features/code-lens.ts';
import { completeCall } from '../../../server/src/language/features/complete-call.ts';
import { complete } from '../../../server/src/language/features/completion.ts';
import { resolveItem } from '../../../server/src/language/features/completion-resolve.ts';
import { diagnose } from '../../../server/src/language/features/diagnostics.ts';
import { documentLinks } from '../../../server/src/language/features/document-links.ts';
import { documentSymbols } from '../../../server/src/language/features/document-symbols.ts';
import { evaluate } from '../../../server/src/language/features/evaluate.ts';
import { callTemplate } from '../../../server/src/language/features/call-template.ts';
import { foldingRanges } from '../../../server/src/language/features/folding.ts';
import { formatPolicy } from '../../../server/src/language/features/formatting.ts';
import { hover } from '../../../server/src/language/features/hover.ts';
import { inlayHints } from '../../../server/src/language/features/inlay-hints.ts';
import { definitions, references } from '../../../server/src/language/features/references.ts';
import { prepareRename, rename } from '../../../server/src/language/features/rename.ts';
import { selectionRanges } from '../../../server/src/language/features/selection-ranges.ts';
import { semanticTokens } from '../../../server/src/language/features/semantic-tokens.ts';
import { toolUriAt } from '../../../server/src/language/features/tool-document.ts';
import { workspaceSymbols } from '../../../server/src/language/features/workspace-symbols.ts';
import type { PolicyView } from '../../../server/src/language/document/policy-view.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/language/settings.ts';
import type { KnownTools } from '../../../server/src/language/tools/known-tools.ts';

/** What a person could accept, with the name by which it is offered. */
export interface Offer {
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

const COMPLETION = { snippets: false, markup: MarkupKind.Markdown };
const LENSES = { trusted: true, show: DEFAULT_SETTINGS.lens, evaluateCommand: 'evaluate' };

export function useEverything(view: PolicyView, position: Position, tools: KnownTools): readonly Offer[] {
  read(view, position, tools);
  navigate(view, position, tools);
  return [...completions(view, position, tools), ...actions(view, position, tools), ...rewrites(view, position)];
}

function read(view: PolicyView, position: Position, tools: KnownTools): void {
  diagnose(view, tools);
  hover(view, position, tools, MarkupKind.Markdown);
  codeLenses(view, tools, LENSES);
  inlayHints(view, Range.create(0, 0, position.line, 1_000), tools, { risk: true, decisions: true });
  semanticTokens(view, tools);
  // The text is no call, or perhaps is: both have an answer.
  evaluate(view, view.text, tools);
  evaluate(view, callTemplate('transfer_funds', tools, view.policy), tools);
}

function navigate(view: PolicyView, position: Position, tools: KnownTools): void {
  documentSymbols(view);
  foldingRanges(view);
  selectionRanges(view, [position]);
  documentLinks(view, () => '/a/file');
  references(view, position, [view]);
  definitions(view, position, [view]);
  prepareRename(view, position);
  workspaceSymbols('a', [view]);
  toolUriAt(view, view.offsetAt(position), tools);
}

function completions(view: PolicyView, position: Position, tools: KnownTools): readonly Offer[] {
  completeCall(view, position, tools, COMPLETION);
  const { items } = complete(view, position, tools, COMPLETION);
  for (const item of items.slice(0, 3)) resolveItem(item, view, tools, MarkupKind.Markdown);
  return items.map(({ label, textEdit, additionalTextEdits }) => ({
    name: `completion ${label}`,
    edits: [...(TextEdit.is(textEdit) ? [textEdit] : []), ...(additionalTextEdits ?? [])],
  }));
}

function actions(view: PolicyView, position: Position, tools: KnownTools): readonly Offer[] {
  const params = { range: { start: position, end: position }, context: { diagnostics: [] } };
  return codeActions(view, params, tools, false).map(({ title, edit }) => ({
    name: title,
    edits: editsIn(view, edit),
  }));
}

function rewrites(view: PolicyView, position: Position): readonly Offer[] {
  const renamed = rename(view, position, 'a "new" name', [view]);
  return [
    { name: 'formatting', edits: formatPolicy(view, { tabSize: 2, insertSpaces: true }) },
    ...(typeof renamed === 'string' ? [] : [{ name: 'rename', edits: editsIn(view, renamed) }]),
  ];
}

function editsIn(view: PolicyView, edit: WorkspaceEdit | undefined): readonly TextEdit[] {
  const versioned = edit?.documentChanges?.flatMap((change) => ('edits' in change ? change.edits : [])) ?? [];
  return [...(edit?.changes?.[view.uri] ?? []), ...versioned.filter((each) => TextEdit.is(each))];
}
