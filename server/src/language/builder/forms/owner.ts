/** Whose rules a form is about, and where they stand in the document. */
import { escapeUntrusted } from '../../../catalog/escape.ts';
import { isPattern, pointerAt, tokensOf, type CompiledPolicy } from '../../../policy/index.ts';
import type { NodePath } from '../../../policy/node-changes.ts';
import type { FormOwner } from '../../../protocol/policyForms.ts';
import { rulesetAt } from '../../document/place.ts';

export const rootOf = (owner: FormOwner): NodePath => (owner.kind === 'entry' ? ['tools', owner.key] : ['all_tools']);

export const labelOf = (owner: FormOwner): string =>
  owner.kind === 'entry' ? escapeUntrusted(owner.key) : 'all_tools';

/** A pattern or `all_tools`: about more than one tool. */
export const isForMany = (owner: FormOwner): boolean => owner.kind === 'all_tools' || isPattern(owner.key);

/** Whose rules, or which hidden name, stand at an offset of the text. */
export function ownerAt(policy: CompiledPolicy, offset: number): FormOwner | undefined {
  const place = rulesetAt(tokensOf(pointerAt(policy.root, offset)) ?? []);
  if (place) return place.owner;
  const hidden = [...policy.hide.exact.values(), ...policy.hide.patterns];
  const name = hidden.find(({ start, end }) => start <= offset && offset <= end);
  return name && { kind: 'entry', key: name.key };
}
