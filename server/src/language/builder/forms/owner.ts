/** Whose rules a form is about, and where they stand in the document. */
import { escapeUntrusted } from '../../../catalog/escape.ts';
import { pointerAt, tokensOf, type CompiledPolicy } from '../../../policy/index.ts';
import type { NodePath } from '../../../policy/node-changes.ts';
import type { FormOwner } from '../../../protocol/policyForms.ts';

export const rootOf = (owner: FormOwner): NodePath => (owner.kind === 'entry' ? ['tools', owner.key] : ['all_tools']);

export const labelOf = (owner: FormOwner): string =>
  owner.kind === 'entry' ? escapeUntrusted(owner.key) : 'all_tools';

/** A pattern or `all_tools`: about more than one tool. */
export const isForMany = (owner: FormOwner): boolean => owner.kind === 'all_tools' || owner.key.includes('*');

/** Whose rules, or which hidden name, stand at an offset of the text. */
export function ownerAt(policy: CompiledPolicy, offset: number): FormOwner | undefined {
  const [first, key] = tokensOf(pointerAt(policy.root, offset)) ?? [];
  if (first === 'all_tools') return { kind: 'all_tools' };
  if (first === 'tools' && key !== undefined) return { kind: 'entry', key };
  const hidden = [...policy.hide.exact.values(), ...policy.hide.patterns];
  const name = hidden.find(({ start, end }) => start <= offset && offset <= end);
  return name && { kind: 'entry', key: name.key };
}
