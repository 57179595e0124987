/** Refactorings at the cursor: what is offered, what the text becomes, and that its layout stays. */
import type { CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { ORGANIZE, refactor } from '../../server/src/language/features/refactor.ts';
import { marked } from './support/marker.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

const POLICY = `{
  "version": "1", "default": "deny",
  "hide": ["delete_file"],
  "tools": {
    "write_file":   { "rate_limit": { "max": 5, "window": 60 } },
    "read_*": {},

    "read_file": { "action": "deny" }
  }
}`;

function at(place: string, only?: string[], versionedEdits = false): { actions: CodeAction[]; text: string } {
  const { text, offset } = marked(POLICY.replace(place, `${place}|`));
  const view = viewOf(text);
  const range = view.range({ start: offset, end: offset });
  const client = { versionedEdits, annotatedEdits: versionedEdits, resolvesEdits: false };
  const context = { diagnostics: [], ...(only && { only }) };
  return { actions: refactor(view, { range, context }, known(TOOLS), client), text };
}

function after(place: string, title: string | RegExp): string {
  const { actions, text } = at(place);
  const action = actions.find((each) => each.title.match(title));
  const edits = Object.values(action?.edit?.changes ?? {}).flat();
  return TextDocument.applyEdits(TextDocument.create('', 'json', 0, text), edits);
}

describe('refactorings of a policy', () => {
  it('sort exact names before patterns, and keep each place as it is laid out', () => {
    expect(after('"version"', 'Sort')).toBe(`{
  "version": "1", "default": "deny",
  "hide": ["delete_file"],
  "tools": {
    "read_file": { "action": "deny" },
    "write_file":   { "rate_limit": { "max": 5, "window": 60 } },

    "read_*": {}
  }
}`);
  });

  it.each([
    ['"write_fi', 'Hide this tool', '"hide": ["delete_file", "write_file"]'],
    [
      '"write_fi',
      'Deny this tool',
      '"write_file":   { "rate_limit": { "max": 5, "window": 60 }, "action": "deny" },\n    "read_*"',
    ],
    ['"read_fi', 'Allow this tool', '"read_file": {}'],
    ['"write_fi', 'Ask a person', '"action": "require_approval"'],
    ['"read_fi', 'Limit this tool', '"limits": [{ "counter": "read_file_rate", "window": "minute", "max": 30 }]'],
    ['"read_fi', 'Write "deny" as', '"hide": ["delete_file", "read_file"]'],
    ['"delete_fi', 'Write "hide" as', '"delete_file": { "action": "deny" }'],
    ['"max', 'Write "rate_limit" as a limit', '"window": "minute", "max": 5, "scope": "session"'],
    ['"read_fi', /all 1|one uncovered/, '"transfer_funds": { "action": "require_approval" }'],
  ])('at %s: %s', (place, title, part) => {
    expect(after(place, title)).toContain(part);
  });

  it('bring a limit back to the form that it came from', () => {
    const limited = POLICY.replace(
      '"rate_limit": { "max": 5, "window": 60 }',
      '"limits": [{ "counter": "c", "window": "hour", "max": 7 }]',
    );
    const view = viewOf(limited);
    const offset = limited.indexOf('"write_file"') + 3;
    const range = view.range({ start: offset, end: offset });
    const client = { versionedEdits: false, annotatedEdits: false, resolvesEdits: false };
    const actions = refactor(view, { range, context: { diagnostics: [] } }, known(TOOLS), client);
    const back = actions.find(({ title }) => title === 'Write the limit as "rate_limit"');
    const edits = Object.values(back?.edit?.changes ?? {}).flat();
    const text = TextDocument.applyEdits(TextDocument.create('', 'json', 0, limited), edits);
    expect(text).toContain('"rate_limit": { "max": 7, "window": 3600, "scope": "grant" }');
  });

  it('cover every tool of a category', () => {
    const two = known([...TOOLS, { name: 'delete_all', description: 'Deletes everything for good.', inputSchema: {} }]);
    const view = viewOf(POLICY);
    const offset = POLICY.indexOf('"delete_file"') + 3;
    const range = view.range({ start: offset, end: offset });
    const client = { versionedEdits: false, annotatedEdits: false, resolvesEdits: false };
    const titles = refactor(view, { range, context: { diagnostics: [] } }, two, client).map(({ title }) => title);
    expect(titles.filter((title) => title.includes('category'))).toEqual([
      'Hide all 2 tools of the category Destructive',
      'Deny all 2 tools of the category Destructive',
      'Allow all 2 tools of the category Destructive',
      'Ask a person before each call of all 2 tools of the category Destructive',
    ]);
  });

  it('write three alike entries as a pattern, in the place of the first', () => {
    const names = ['get_user', 'get_team', 'get_repo'];
    const text = `{"version":"1","default":"deny","tools":{\n"get_user" : { },\n"get_team":{},"x":{},"get_repo":{}}}`;
    const view = viewOf(text);
    const offset = text.indexOf('get_team');
    const range = view.range({ start: offset, end: offset });
    const titled = (listed: readonly string[]): CodeAction | undefined => {
      const tools = known(listed.map((name) => ({ name })));
      const client = { versionedEdits: false, annotatedEdits: false, resolvesEdits: false };
      return refactor(view, { range, context: { diagnostics: [] } }, tools, client).find(({ title }) =>
        title.includes('alike'),
      );
    };
    const action = titled(names);
    expect(action?.title).toBe('Write 3 alike entries as "get_*", which also allows later tools of such names');
    const edits = Object.values(action?.edit?.changes ?? {}).flat();
    expect(TextDocument.applyEdits(TextDocument.create('', 'json', 0, text), edits)).toBe(
      '{"version":"1","default":"deny","tools":{\n"get_*" : { },\n"x":{}}}',
    );
    expect(titled([...names, 'get_secret'])).toBeUndefined();
    expect(titled([])).toBeUndefined();
  });

  it('that mean something else carry a warning, which is shown before they are made', () => {
    const { actions } = at('"read_fi', undefined, true);
    const action = actions.find(({ title }) => title.startsWith('Write "deny"'));
    expect(action?.edit?.changeAnnotations).toMatchObject({ warning: { needsConfirmation: true } });
    expect(action?.edit?.documentChanges).toMatchObject([
      { edits: [{ annotationId: 'warning' }, { annotationId: 'warning' }] },
    ]);
  });

  it('on save are the sorting alone, and only when asked for', () => {
    expect(at('"read_fi', ['source.organize']).actions.map(({ kind }) => kind)).toEqual([ORGANIZE]);
    expect(at('"read_fi').actions.map(({ kind }) => kind)).not.toContain(ORGANIZE);
  });

  it('are not offered for a policy with errors', () => {
    const view = viewOf('{ "version": "1", "tools": { "read_file": {} } }');
    const range = view.range({ start: 32, end: 32 });
    const client = { versionedEdits: false, annotatedEdits: false, resolvesEdits: false };
    expect(refactor(view, { range, context: { diagnostics: [] } }, known(TOOLS), client)).toEqual([]);
  });
});
