/** Whether a path can find nothing, or a value that it cannot step into, in calls that fit a schema. */
import { findArgument, type ArgumentPath, type JsonType } from '../../catalog/index.ts';
import type { PathStep } from '../../policy/index.ts';
import type { Presence } from './samples.ts';

const known = new WeakMap<ArgumentPath, Presence>();

/** `argument`: what `findArgument` finds there, for which the answer is remembered. */
export function presenceOf(schema: unknown, steps: readonly PathStep[], argument: ArgumentPath): Presence {
  let presence = known.get(argument);
  if (presence === undefined) known.set(argument, (presence = follow(schema, steps)));
  return presence;
}

function follow(schema: unknown, steps: readonly PathStep[]): Presence {
  let absent = false;
  let unreachable = false;
  for (const [index, step] of steps.entries()) {
    const found = findArgument(schema, index === steps.length - 1 ? steps : steps.slice(0, index + 1));
    if (found.kind !== 'found') return { absent: true, unreachable: index > 0 || unreachable };
    absent ||= step.kind !== 'key' || !found.argument.required;
    const next = steps[index + 1];
    if (!next) break;
    const { types } = found.argument;
    const holder: JsonType = next.kind === 'key' ? 'object' : 'array';
    absent ||= types.length === 0 || types.includes('null');
    unreachable ||= types.length === 0 || types.some((type) => type !== holder && type !== 'null');
  }
  return { absent, unreachable };
}
