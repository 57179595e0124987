/**
 * Edits of a policy's text that keep its formatting. They propose, a person or the editor applies; nothing here decides whether an edit is
 * wise. A text that cannot be edited safely (no object, or too deep) gets none.
 */
import { modify, type FormattingOptions, type JSONPath } from 'jsonc-parser';
import type { Entry } from './generated/document.ts';
import { memberOf } from './json/access.ts';
import type { JsonNode, Span } from './json/node.ts';
import { readJson } from './json/reader.ts';

/** Replaces `span` of the text by `text`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Writes the entry of a tool or pattern, in place of the one it has. */
export function setTool(text: string, tool: string, entry: Entry): readonly TextEdit[] {
  return edit(text, () => [['tools', tool], entry]);
}

/** Adds a name or pattern to `hide`; nothing to do when it stands there. */
export function hideTool(text: string, name: string): readonly TextEdit[] {
  return edit(text, (root) => {
    const hidden = hiddenNames(root);
    if (hidden.includes(name)) return undefined;
    return memberOf(root, 'hide') ? [['hide', hidden.length], name] : [['hide'], [name]];
  });
}

/** Removes a name or pattern from `hide`; an entry that hides it among others by a pattern stays. */
export function unhideTool(text: string, name: string): readonly TextEdit[] {
  return edit(text, (root) => {
    const index = hiddenNames(root).indexOf(name);
    return index < 0 ? undefined : [['hide', index], undefined];
  });
}

export function setDefault(text: string, value: 'allow' | 'deny'): readonly TextEdit[] {
  return edit(text, () => [['default'], value]);
}

type Change = readonly [path: JSONPath, value: unknown];

function edit(text: string, change: (root: JsonNode) => Change | undefined): readonly TextEdit[] {
  const reading = readJson(text);
  if (!reading.ok || reading.root.kind !== 'object') return [];
  const wanted = change(reading.root);
  if (!wanted) return [];
  const isInsertion = typeof wanted[0].at(-1) === 'number' && wanted[1] !== undefined;
  const edits = modify(text, wanted[0], wanted[1], {
    formattingOptions: formattingOf(text),
    isArrayInsertion: isInsertion,
  });
  return edits.map(({ offset, length, content }) => ({ span: { start: offset, end: offset + length }, text: content }));
}

function hiddenNames(root: JsonNode): readonly (string | undefined)[] {
  const hide = memberOf(root, 'hide');
  return hide?.kind === 'array' ? hide.items.map((item) => (item.kind === 'string' ? item.value : undefined)) : [];
}

/** As the text does it; two spaces where it does not show. */
function formattingOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 4 : indent.length, eol };
}
