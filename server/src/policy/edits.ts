/**
 * Edits of a policy's text that keep its formatting. They propose, a person or the editor applies; nothing here decides whether an edit is
 * wise. A text that cannot be edited safely (not strict JSON, no object) gets none.
 */
import { addItems, addMembers, removeItem, replaceValue, type TextChange } from './changes.ts';
import type { Entry } from './generated/document.ts';
import type { JsonObject } from './json/node.ts';
import { readJson } from './json/reader.ts';

/** Writes the entry of a tool or pattern, in place of the one it has. */
export function setTool(text: string, tool: string, entry: Entry): readonly TextChange[] {
  const root = rootOf(text);
  const tools = root?.members.get('tools')?.value;
  if (!root || (tools && tools.kind !== 'object')) return [];
  if (!tools) return [addMembers(text, root, [['tools', { [tool]: entry }]])];
  const present = tools.members.get(tool);
  return [present ? replaceValue(text, present, entry) : addMembers(text, tools, [[tool, entry]])];
}

/** Adds a name or pattern to `hide`; nothing to do when it stands there. */
export function hideTool(text: string, name: string): readonly TextChange[] {
  const root = rootOf(text);
  const hide = root?.members.get('hide')?.value;
  if (!root || (hide && hide.kind !== 'array')) return [];
  if (!hide) return [addMembers(text, root, [['hide', [name]]])];
  return hide.items.some((item) => item.kind === 'string' && item.value === name) ? [] : [addItems(text, hide, [name])];
}

/** Removes a name or pattern from `hide`; an entry that hides it among others by a pattern stays. */
export function unhideTool(text: string, name: string): readonly TextChange[] {
  const hide = rootOf(text)?.members.get('hide')?.value;
  if (hide?.kind !== 'array') return [];
  return removeItem(
    hide,
    hide.items.findIndex((item) => item.kind === 'string' && item.value === name),
  );
}

export function setDefault(text: string, value: 'allow' | 'deny'): readonly TextChange[] {
  const root = rootOf(text);
  if (!root) return [];
  const present = root.members.get('default');
  return [present ? replaceValue(text, present, value) : addMembers(text, root, [['default', value]])];
}

function rootOf(text: string): JsonObject | undefined {
  const reading = readJson(text);
  return reading.ok && reading.root.kind === 'object' ? reading.root : undefined;
}
