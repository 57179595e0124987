/**
 * Edits of a policy that keep its formatting: each member that changes is a small change of its own, all others keep their bytes. They
 * propose, a person or the editor applies; nothing here decides whether an edit is wise.
 */
import { addItems, addMembers, removeItems, type TextChange } from './changes.ts';
import type { Entry } from './generated/document.ts';
import { arrayAt, objectAt } from './json/access.ts';
import type { JsonObject } from './json/node.ts';
import { setMembers, withoutUndefined } from './member-changes.ts';

/** Members of an entry as they are to be: `undefined` takes one out, and what is not named stays. */
export type EntryEdit = { readonly [Key in keyof Entry]?: Entry[Key] | undefined };

export interface PolicyEdit {
  /** Names or patterns to be in `hide`, or no longer; what hides a name among others by a pattern stays. */
  readonly hide?: { readonly add: readonly string[] } | { readonly remove: readonly string[] };
  /** By key of `tools`; a key that is new gets an entry. */
  readonly entries?: ReadonlyMap<string, EntryEdit | 'remove'>;
}

/** @param root - The document that `text` reads as. Nothing is changed where `hide` or `tools` is of a wrong type. */
export function editPolicy(text: string, root: JsonObject, { hide, entries }: PolicyEdit): readonly TextChange[] {
  const toHide = hide && 'add' in hide ? hide.add : [];
  const missing = [
    ...(toHide.length > 0 && !root.members.has('hide') ? [['hide', toHide] as const] : []),
    ...(entries && !root.members.has('tools') ? [['tools', newEntries(entries)] as const] : []),
  ];
  return [
    ...hideChanges(text, root, hide),
    ...(entries ? entryChanges(text, root, entries) : []),
    ...(missing.length > 0 ? [addMembers(text, root, missing)] : []),
  ];
}

function hideChanges(text: string, root: JsonObject, edit: PolicyEdit['hide']): readonly TextChange[] {
  const list = arrayAt(root, 'hide');
  if (list === undefined || edit === undefined) return [];
  const names = list.items.map((item) => (item.kind === 'string' ? item.value : undefined));
  if ('remove' in edit) {
    const gone = new Set<string | undefined>(edit.remove);
    return removeItems(
      list,
      names.flatMap((name, index) => (name !== undefined && gone.has(name) ? [index] : [])),
    );
  }
  const present = new Set(names);
  const added = edit.add.filter((name) => !present.has(name));
  return added.length > 0 ? [addItems(text, list, added)] : [];
}

function entryChanges(
  text: string,
  root: JsonObject,
  entries: ReadonlyMap<string, EntryEdit | 'remove'>,
): readonly TextChange[] {
  const tools = objectAt(root, 'tools');
  if (tools === undefined) return [];
  const whole = new Map<string, unknown>();
  const changes = [...entries].flatMap(([key, edit]) => {
    const entry = tools.members.get(key)?.value;
    // One that says nothing is written anew, on a line as new ones are.
    if (edit !== 'remove' && entry?.kind === 'object' && entry.members.size > 0)
      return setMembers(text, entry, new Map(Object.entries(edit)));
    whole.set(key, edit === 'remove' ? undefined : withoutUndefined(edit));
    return [];
  });
  return [...changes, ...setMembers(text, tools, whole)];
}

function newEntries(entries: ReadonlyMap<string, EntryEdit | 'remove'>): object {
  return Object.fromEntries(
    [...entries].flatMap(([key, edit]) => (edit === 'remove' ? [] : [[key, withoutUndefined(edit)]])),
  );
}
