/** Fixes that list tools: what `default: deny` leaves out is added with an entry each. */
import { isListable, type CompiledPolicy } from '../policy/index.ts';
import { addMembers } from '../policy/changes.ts';
import type { Fix, TextChange } from './finding.ts';
import type { Subject } from './rule.ts';

/** The change that gives each name an entry of `tools`, in the order given. Names that have one already must not be among them. */
export function addEntries(
  text: string,
  policy: CompiledPolicy,
  entries: readonly (readonly [name: string, entry: unknown])[],
): TextChange {
  const tools = policy.root.members.get('tools')?.value;
  if (tools?.kind === 'object') return addMembers(text, tools, entries);
  // An object, not a map: names such as `__proto__` must become own members.
  const value = Object.create(null) as Record<string, unknown>;
  for (const [name, entry] of entries) value[name] = entry;
  return addMembers(text, policy.root, [['tools', value]]);
}

/** "List the other tools": every live tool that is not hidden and has no entry gets `{}`. None when no tool is known or left. */
export function listOthersFix({ text, policy, tools }: Subject): readonly Fix[] {
  const names = (tools?.names ?? []).filter((name) => isListable(policy, name) && !policy.tools.exact.has(name));
  if (names.length === 0) return [];
  const title = names.length === 1 ? 'List the other tool' : `List the other ${names.length} tools`;
  return [
    {
      title,
      edits: [
        addEntries(
          text,
          policy,
          names.map((name) => [name, {}] as const),
        ),
      ],
    },
  ];
}
