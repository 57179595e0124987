/** The edits that a review proposes, made in the policy's own text: all else in it stays as it was written. Pure. */
import { addItems, addMembers, removeItems, removeMembers, replaceValue, type TextChange } from '../policy/changes.ts';
import { applyChanges, compilePolicy, type CompiledPolicy, type Entry } from '../policy/index.ts';
import { compareStrictness, entryIn } from './forms.ts';
import type { PlannedTool } from './plan.ts';
import type { ToolRule } from './profile.ts';

/** What a review proposes, as far as edits go. */
export interface Proposals {
  readonly added: readonly PlannedTool[];
  readonly vanished: readonly { readonly name: string; readonly removed: boolean }[];
  /** A tool gets another rule where one is given. */
  readonly changed: readonly { readonly name: string; readonly rule?: ToolRule }[];
}

/** First what goes and what is replaced, then what is added: an addition stands behind an entry that stays. */
export function revise(policy: CompiledPolicy, proposals: Proposals): string {
  const reduced = applyChanges(policy.source, [...removalsIn(policy, proposals), ...replacementsIn(policy, proposals)]);
  const compiled = compilePolicy(reduced);
  if (!compiled.ok) throw new Error(`A revised policy is invalid: ${compiled.problems[0]?.message ?? ''}`);
  return applyChanges(reduced, additionsIn(compiled.policy, proposals));
}

function removalsIn(policy: CompiledPolicy, { vanished, changed }: Proposals): readonly TextChange[] {
  const gone = new Set(vanished.filter(({ removed }) => removed).map(({ name }) => name));
  const { tools, hide } = sectionsOf(policy);
  const unlisted = changed.filter(({ rule }) => rule?.kind === 'hide').map(({ name }) => name);
  const hidden = hide?.items.flatMap((item, index) => (item.kind === 'string' && gone.has(item.value) ? [index] : []));
  return [
    ...(tools ? removeMembers(tools, [...gone, ...unlisted]) : []),
    ...(hide ? removeItems(hide, hidden ?? []) : []),
  ];
}

function replacementsIn(policy: CompiledPolicy, { changed }: Proposals): readonly TextChange[] {
  const { tools } = sectionsOf(policy);
  return changed.flatMap(({ name, rule }) => {
    const member = tools?.members.get(name);
    return member && rule?.kind === 'entry' ? [replaceValue(policy.source, member, rule.entry)] : [];
  });
}

function additionsIn(policy: CompiledPolicy, { added, changed }: Proposals): readonly TextChange[] {
  const hidden = [
    ...added.filter(({ rule }) => rule.kind === 'hide').map(({ tool }) => tool.name),
    ...changed.filter(({ rule }) => rule?.kind === 'hide').map(({ name }) => name),
  ];
  const { tools, hide } = sectionsOf(policy);
  const text = policy.source;
  const entries = added.flatMap(({ tool, rule }) => (rule.kind === 'entry' ? [[tool.name, rule.entry] as const] : []));
  const missing: (readonly [string, unknown])[] = [
    ...(hide || hidden.length === 0 ? [] : [['hide', hidden] as const]),
    ...(tools || entries.length === 0 ? [] : [['tools', Object.fromEntries(entries)] as const]),
  ];
  return [
    ...(missing.length > 0 ? [addMembers(text, policy.root, missing)] : []),
    ...(hide && hidden.length > 0 ? [addItems(text, hide, hidden)] : []),
    ...(tools && entries.length > 0 ? placedEntries(policy, added) : []),
  ];
}

/** Each new entry stands behind the one that a plan would put before it. */
function placedEntries(policy: CompiledPolicy, added: readonly PlannedTool[]): readonly TextChange[] {
  const { tools } = sectionsOf(policy);
  if (!tools) return [];
  const present = [...tools.members.keys()].flatMap((name) => {
    const entry = entryIn(policy, name);
    return entry ? [{ name, rule: { kind: 'entry', entry } as const }] : [];
  });
  const byAnchor = new Map<string | undefined, [string, Entry][]>();
  for (const { tool, rule } of added) {
    if (rule.kind !== 'entry') continue;
    const anchor = anchorFor({ name: tool.name, rule }, present);
    byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), [tool.name, rule.entry]]);
  }
  const last = byAnchor.get(undefined);
  byAnchor.delete(undefined);
  return [...byAnchor, ...(last ? [[undefined, last] as const] : [])].map(([anchor, entries]) =>
    addMembers(policy.source, tools, entries, anchor),
  );
}

interface Placed {
  readonly name: string;
  readonly rule: ToolRule;
}

function anchorFor(entry: Placed, present: readonly Placed[]): string | undefined {
  const before = present.filter((each) => comparePlace(each, entry) < 0);
  return before.reduce<Placed | undefined>(
    (best, each) => (best === undefined || comparePlace(best, each) < 0 ? each : best),
    undefined,
  )?.name;
}

function comparePlace(a: Placed, b: Placed): number {
  return compareStrictness(a.rule, b.rule) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function sectionsOf({ root }: CompiledPolicy) {
  const tools = root.members.get('tools')?.value;
  const hide = root.members.get('hide')?.value;
  return {
    tools: tools?.kind === 'object' ? tools : undefined,
    hide: hide?.kind === 'array' ? hide : undefined,
  };
}
