/** Rules to begin with: those that completion offers, as whole JSON. */
import type { FormListName, FormOption, FormOwner } from '../../../protocol/policyForms.ts';
import type { Candidate } from '../../completion/candidate.ts';
import { asPlain } from '../../completion/insertion.ts';
import { conditionCandidates, limitCandidates } from '../../completion/snippets.ts';
import type { KnownTools } from '../../tools/known-tools.ts';

/** On an argument that no schema names: its path is written over. */
const FREE: FormOption = { json: '{ "path": "args.name", "op": "exists", "value": true }', label: 'args…' };
const RATE: FormOption = { json: '{ "max": 30, "window": 60, "scope": "grant" }', label: '30 / 60 s' };

export function offersFor(known: KnownTools, owner: FormOwner, list: FormListName): readonly FormOption[] {
  switch (list) {
    case 'deny_if':
    case 'require':
      return conditionOffers(known, owner, list, false);
    case 'rate_limit':
      return [RATE];
    case 'limits':
      return limitCandidates(known, owner).map(optionOf);
  }
}

/** A group beside the predicates, where it may stand. */
export function conditionOffers(
  known: KnownTools,
  owner: FormOwner,
  list: 'deny_if' | 'require',
  inGroup: boolean,
): readonly FormOption[] {
  const found = conditionCandidates(known, owner, list, inGroup).filter(({ label }) => label !== 'condition');
  return [...found.map(optionOf), FREE];
}

export function optionOf(candidate: Candidate): FormOption {
  const { label, note } = candidate;
  return { json: asPlain(candidate.text), label, ...(note !== undefined && { note }) };
}
