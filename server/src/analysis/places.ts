/** Where a policy names tools by their exact names, and how each such place is taken out. */
import { removeItem, removeMember } from '../policy/changes.ts';
import { isPattern, type CompiledPolicy, type JsonArray, type Span } from '../policy/index.ts';
import type { Fix } from './finding.ts';
import { quote } from './quote.ts';

export interface NamePlace {
  readonly name: string;
  readonly span: Span;
  /** Whether the document already says something of that name here. */
  readonly taken: (name: string) => boolean;
  readonly removal: Fix;
}

/** Keys of `tools`. */
export function* entryPlaces(policy: CompiledPolicy): Generator<NamePlace> {
  const tools = policy.root.members.get('tools')?.value;
  if (tools?.kind !== 'object') return;
  for (const entry of policy.tools.exact.values()) {
    const edits = removeMember(tools, entry.key);
    yield {
      name: entry.key,
      span: entry.keySpan,
      taken: (name) => tools.members.has(name),
      removal: { title: `Remove the entry ${quote(entry.key)}`, edits },
    };
  }
}

/** Items of `hide`. */
export function* hidePlaces(policy: CompiledPolicy): Generator<NamePlace> {
  const hide = policy.root.members.get('hide')?.value;
  for (const [index, item] of hide?.kind === 'array' ? hide.items.entries() : []) {
    if (item.kind !== 'string' || isPattern(item.value)) continue;
    const edits = removeItem(hide as JsonArray, index);
    yield {
      name: item.value,
      span: item,
      taken: (name) => policy.hide.exact.has(name),
      removal: { title: `Remove ${quote(item.value)} from "hide"`, edits },
    };
  }
}
