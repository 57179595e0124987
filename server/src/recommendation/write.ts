/** The text of a policy that was planned. Pure; the text is a valid policy, or the caller is told what stands in the way. */
import { applyChanges, compilePolicy, readJson, type JsonNode } from '../policy/index.ts';
import { addMembers } from '../policy/changes.ts';
import { compressNames } from './compress.ts';
import type { Plan } from './plan.ts';
import type { Profile } from './profile.ts';

const DESCRIPTIONS: Readonly<Record<Profile, string>> = {
  recommended:
    'What reads is allowed, what writes or runs is limited, what moves money waits for a person, what destroys is hidden. A tool that is not listed here is denied.',
  'read-only': 'Only what reads is allowed, all else is hidden. A tool that is not listed here is denied.',
  'deny-all': 'Every tool is denied until its entry says otherwise. A tool that is not listed here is denied.',
};

export type Writing =
  { readonly ok: true; readonly text: string } | { readonly ok: false; /** For people. */ readonly problem: string };

/** `server`: the name of the configured server, for `"server"`; absent when the policy's place says whose it is. */
export function writePolicy(plan: Plan, profile: Profile, server?: string): Writing {
  const hide = hideItems(plan);
  const head = {
    version: '1',
    description: DESCRIPTIONS[profile],
    ...(server !== undefined && { server }),
    default: 'deny',
    ...(hide.length > 0 && { hide }),
    tools: {},
  };
  const text = addTools(addHead(head), plan);
  const compiled = compilePolicy(text);
  if (compiled.ok) return { ok: true, text };
  return {
    ok: false,
    problem: `The server's list does not fit into one policy. ${compiled.problems[0]?.message ?? ''}`,
  };
}

/** What `hide` is to hold: names, and patterns where they stand for no tool that stays. */
export function hideItems({ tools }: Plan): readonly string[] {
  const names = (kind: 'hide' | 'entry'): readonly string[] =>
    tools.filter(({ rule }) => rule.kind === kind).map(({ tool }) => tool.name);
  return compressNames(names('hide'), names('entry'));
}

function addHead(head: object): string {
  const empty = '{\n}\n';
  return addTo(empty, (root) => root, Object.entries(head));
}

function addTools(text: string, { tools }: Plan): string {
  const entries = tools.flatMap(({ tool, rule }) => (rule.kind === 'entry' ? [[tool.name, rule.entry] as const] : []));
  const inTools = (root: JsonNode) => (root.kind === 'object' ? root.members.get('tools')?.value : undefined);
  return entries.length === 0 ? text : addTo(text, inTools, entries);
}

function addTo(
  text: string,
  choose: (root: JsonNode) => JsonNode | undefined,
  members: readonly (readonly [key: string, value: unknown])[],
): string {
  const reading = readJson(text);
  const node = reading.ok ? choose(reading.root) : undefined;
  return node?.kind === 'object' ? applyChanges(text, [addMembers(text, node, members)]) : text;
}
