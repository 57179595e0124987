/** Takes conditions out of a policy. */
import { removeItem, removeMember } from '../policy/changes.ts';
import type { PlacedCondition } from './conditions.ts';
import type { TextChange } from './finding.ts';

/** Takes a condition out, and its list with it when nothing is left in it. */
export function removeCondition({ node, list, array, index }: PlacedCondition): readonly TextChange[] {
  return array.items.length === 1 ? removeMember(node, list) : removeItem(array, index);
}
