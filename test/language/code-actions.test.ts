/** Quick fixes at the cursor, and all safe ones at once. */
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { codeActions, FIX_ALL } from '../../server/src/language/features/code-actions.ts';
import { marked } from './support/marker.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

function actionsAt(markedText: string, only?: string[]): { actions: CodeAction[]; text: string } {
  const { text, offset } = marked(markedText);
  const view = viewOf(text);
  const range = view.range({ start: offset, end: offset });
  const context = { diagnostics: [], ...(only ? { only } : {}) };
  return { actions: codeActions(view, { range, context }, known(TOOLS), false), text };
}

function applied(text: string, action: CodeAction | undefined): string {
  const edits = Object.values(action?.edit?.changes ?? {}).flat();
  return TextDocument.applyEdits(TextDocument.create('', 'json', 0, text), edits);
}

describe('quick fixes', () => {
  it('mend a misspelt tool, as the preferred one', () => {
    const { actions, text } = actionsAt('{ "version": "1", "default": "deny", "tools": { "read_f|il": {} } }', [
      CodeActionKind.QuickFix,
    ]);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    expect(fix).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'unknown-tool', source: 'portcullis' }] });
    expect(applied(text, fix)).toContain('"read_file": {}');
  });

  it('mend a misspelt key', () => {
    const { actions, text } = actionsAt('{ "version": "1", "defa|lt": "deny" }');
    expect(
      applied(
        text,
        actions.find(({ isPreferred }) => isPreferred),
      ),
    ).toContain('"default": "deny"');
  });

  it('of a key that stands twice say what each choice keeps', () => {
    const { actions, text } = actionsAt('{ "version": "1", "default": "deny", "defa|ult": "allow" }', [
      CodeActionKind.QuickFix,
    ]);
    expect(actions.map(({ title }) => title)).toEqual(['Keep the first one: "deny"', 'Keep this one: "allow"']);
    expect(actions.map((action) => JSON.parse(applied(text, action)) as unknown)).toMatchObject([
      { default: 'deny' },
      { default: 'allow' },
    ]);
  });

  it('merge two entries of a tool where they agree', () => {
    const entries = '"pay": { "action": "deny" }, "p|ay": { "reason": "No." }';
    const { actions, text } = actionsAt(`{ "version": "1", "default": "deny", "tools": { ${entries} } }`);
    const merge = actions.find(({ title }) => title === 'Merge the two into one');
    expect(JSON.parse(applied(text, merge))).toMatchObject({ tools: { pay: { action: 'deny', reason: 'No.' } } });
  });

  it('are offered only where the cursor is', () => {
    expect(actionsAt('{ "vers|ion": "1", "defalt": "deny" }', [CodeActionKind.QuickFix]).actions).toEqual([]);
  });

  it('name the version they are for, where the editor can check it', () => {
    const view = viewOf('{ "version": "1", "defalt": "deny" }');
    const range = view.range({ start: 0, end: view.text.length });
    const [action] = codeActions(view, { range, context: { diagnostics: [] } }, known(TOOLS), true);
    expect(action?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: view.uri, version: 1 } }]);
  });
});

describe('fix all', () => {
  const BROKEN = '{ "versoin": "1", "defalt": "deny", "tools": { "read_fil": {} } }|';

  it('mends what makes the document invalid, and does not rename tools', () => {
    const { actions, text } = actionsAt(BROKEN, [FIX_ALL]);
    expect(actions).toHaveLength(1);
    expect(JSON.parse(applied(text, actions[0]))).toEqual({ version: '1', default: 'deny', tools: { read_fil: {} } });
  });

  it('is found under source.fixAll and not under quickfix', () => {
    expect(actionsAt(BROKEN, [CodeActionKind.SourceFixAll]).actions.map(({ kind }) => kind)).toEqual([FIX_ALL]);
    expect(actionsAt(BROKEN, [CodeActionKind.QuickFix]).actions.map(({ kind }) => kind)).not.toContain(FIX_ALL);
  });

  it('is not offered when there is nothing to mend', () => {
    expect(actionsAt('{ "version": "1", "default": "allow" }|', [FIX_ALL]).actions).toEqual([]);
  });
});
