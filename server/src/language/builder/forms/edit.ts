/** A change in a form as edits of the text: the one place that it is about, and what cannot stay beside it. The engine judges the outcome. */
import {
  compilePolicy,
  readJson,
  applyChanges,
  toValue,
  type CompiledPolicy,
  type JsonNode,
  type TextChange,
} from '../../../policy/index.ts';
import type { ArgumentPath } from '../../../catalog/index.ts';
import { withoutUndefined } from '../../../policy/member-changes.ts';
import { addItemAt, moveItemAt, nodeAt, removeAt, setMembersAt, type NodePath } from '../../../policy/node-changes.ts';
import type { FormEdit, FormOwner, FormPath } from '../../../protocol/policyForms.ts';
import type { KnownTools } from '../../tools/known-tools.ts';
import { idleEntry } from '../state.ts';
import { argumentAt, fittingOperator, fittingValue } from './arguments.ts';
import { freeCounter } from './counter.ts';
import { isForMany, rootOf } from './owner.ts';

export type FormChange =
  | { readonly ok: true; readonly changes: readonly TextChange[]; readonly text: string }
  /** `problem`: what the text editor would say of the value, had it been written. */
  | { readonly ok: false; readonly problem: string };

/** What makes the policy invalid is not done: the problem is told instead. */
export function changeRule(policy: CompiledPolicy, owner: FormOwner, edit: FormEdit, known: KnownTools): FormChange {
  const reading = 'json' in edit ? readJson(edit.json) : undefined;
  if (reading?.ok === false) return { ok: false, problem: reading.problems[0].message };
  const value = reading?.root;
  const changes = changesFor(policy, owner, edit, value, known);
  const text = applyChanges(policy.source, changes);
  const literal = edit.kind === 'set' && value?.kind === 'number' && !value.exact ? value.text : undefined;
  const judged = literal === undefined ? text : withLiteral(text, [...rootOf(owner), ...edit.path], literal);
  const compiled = compilePolicy(judged);
  if (!compiled.ok) return { ok: false, problem: compiled.problems[0]?.message ?? '' };
  return { ok: true, changes, text };
}

/** A number that is not what its digits say is judged with its digits. */
function withLiteral(text: string, path: NodePath, literal: string): string {
  const reading = readJson(text);
  const node = reading.ok ? nodeAt(reading.root, path) : undefined;
  return node ? applyChanges(text, [{ span: node, text: literal }]) : text;
}

function changesFor(
  policy: CompiledPolicy,
  owner: FormOwner,
  edit: FormEdit,
  value: JsonNode | undefined,
  known: KnownTools,
): readonly TextChange[] {
  const { source, root } = policy;
  const base = rootOf(owner);
  const path = [...base, ...edit.path];
  switch (edit.kind) {
    case 'remove':
      return removeAt(root, isLastOfGroup(root, path) ? path.slice(0, -2) : path, base.length);
    case 'move':
      return moveItemAt(source, root, path, edit.to);
    case 'add': {
      const rule = freeCounter(policy, owner, value && toValue(value));
      if (nodeAt(root, base) === undefined) return begin(policy, owner, nested(edit.path, wrapped(edit.path, rule)));
      if (edit.path[0] !== 'rate_limit') return addItemAt(source, root, path, rule);
      return setMembersAt(source, root, base, { rate_limit: rule });
    }
    case 'set': {
      const members = membersFor(policy, owner, edit.path, value && toValue(value), known);
      const holder = edit.path.slice(0, -1);
      if (nodeAt(root, base) === undefined) return begin(policy, owner, nested(holder, members));
      return setMembersAt(source, root, path.slice(0, -1), members);
    }
  }
}

/** An empty group would deny every call. */
function isLastOfGroup(root: JsonNode, path: NodePath): boolean {
  const list = nodeAt(root, path.slice(0, -1));
  return path.at(-2) === 'conditions' && list?.kind === 'array' && list.items.length === 1;
}

const wrapped = (path: FormPath, rule: unknown): unknown => (path[0] === 'rate_limit' ? rule : [rule]);

function nested(path: FormPath, value: unknown): object {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as object;
}

/** The owner's first rule. An entry would allow what is denied only because nothing lists it: it denies until somebody says otherwise. */
function begin(policy: CompiledPolicy, owner: FormOwner, rules: object): readonly TextChange[] {
  const idle = owner.kind === 'all_tools' || isForMany(owner) ? {} : idleEntry(policy, owner.key);
  const path = rootOf(owner);
  const key = String(path.at(-1));
  return setMembersAt(policy.source, policy.root, path.slice(0, -1), {
    [key]: withoutUndefined({ ...idle, ...rules }),
  });
}

/** What has to be written with a value: another argument or operator asks for another value, another action for no approval. */
function membersFor(
  policy: CompiledPolicy,
  owner: FormOwner,
  path: FormPath,
  value: unknown,
  known: KnownTools,
): Readonly<Record<string, unknown>> {
  const key = String(path.at(-1));
  if (path.length === 1 && key === 'action' && value !== 'require_approval')
    return { action: value, approval: undefined };
  const isPredicate = path[0] === 'deny_if' || path[0] === 'require';
  if (!isPredicate || typeof value !== 'string' || (key !== 'path' && key !== 'op')) return { [key]: value };
  const predicate = nodeAt(policy.root, [...rootOf(owner), ...path.slice(0, -1)]);
  return predicateMembers(key, value, predicate ? (toValue(predicate) as Stated) : {}, (argument) =>
    argumentAt(known, owner, argument),
  );
}

/** A predicate as far as it stands there. */
interface Stated {
  readonly path?: string;
  readonly op?: string;
  readonly value?: unknown;
}

function predicateMembers(
  key: 'path' | 'op',
  value: string,
  stated: Stated,
  argumentOf: (path: string) => ArgumentPath | undefined,
): Readonly<Record<string, unknown>> {
  const isOtherArgument = key === 'path';
  const argument = argumentOf(isOtherArgument ? value : (stated.path ?? ''));
  const before = stated.op ?? 'exists';
  const op = isOtherArgument ? fittingOperator(before, argument) : value;
  const fitting = fittingValue({ op, before, value: stated.value, argument, isOtherArgument });
  return { [key]: value, ...(op !== stated.op && { op }), ...(fitting !== stated.value && { value: fitting }) };
}
