/** Walks the limits of a valid policy, compiled form and document nodes side by side, and takes them out again. */
import { removeItem, removeMember } from '../policy/changes.ts';
import type { CompiledLimit, CompiledPolicy, JsonArray } from '../policy/index.ts';
import { rulesetsOf, type PlacedRuleset } from './conditions.ts';
import type { TextChange } from './finding.ts';

export interface PlacedLimit {
  readonly placed: PlacedRuleset;
  readonly limit: CompiledLimit;
  readonly list: JsonArray;
  readonly index: number;
}

const placedLimits = new WeakMap<CompiledPolicy, readonly PlacedLimit[]>();

/** Every quota limit: those of entries in document order, then those of `all_tools`. Remembered by the policy: several rules ask. */
export function limitsOf(policy: CompiledPolicy): readonly PlacedLimit[] {
  let limits = placedLimits.get(policy);
  if (limits === undefined) {
    limits = rulesetsOf(policy).flatMap(limitsIn);
    placedLimits.set(policy, limits);
  }
  return limits;
}

/** Each looks its list up when asked for: most limits are fine, and nobody asks where they stand. */
function limitsIn(placed: PlacedRuleset): readonly PlacedLimit[] {
  return placed.ruleset.limits.map((limit, index) => ({
    ...{ placed, limit, index },
    get list() {
      return listIn(placed);
    },
  }));
}

function listIn({ node }: PlacedRuleset): JsonArray {
  const list = node.members.get('limits')?.value;
  if (list?.kind !== 'array') throw new TypeError('A compiled limit stands in no list.');
  return list;
}

/** Takes a limit out, and the list with it when nothing is left in it. */
export function removeLimit({ placed, list, index }: PlacedLimit): readonly TextChange[] {
  return list.items.length === 1 ? removeMember(placed.node, 'limits') : removeItem(list, index);
}
