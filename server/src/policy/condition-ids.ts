/** Names of conditions in the log (policy language §3 "`<id>`"). */
import { arrayAt, memberOf, spanOf, stringAt } from './json/access.ts';
import type { JsonNode } from './json/node.ts';
import type { PolicyProblem } from './problem.ts';

export interface IdentifiedCondition {
  readonly condition: JsonNode;
  readonly id: string;
}

/** The conditions of an array with their ids, in order; ids given twice are reported. */
export function identified(conditions: readonly JsonNode[], problems: PolicyProblem[]): readonly IdentifiedCondition[] {
  const taken = new Map<string, JsonNode>();
  for (const condition of conditions) {
    const node = memberOf(condition, 'id');
    if (node?.kind !== 'string') continue;
    const first = taken.get(node.value);
    if (first) problems.push(duplicateId(node.value, node, first));
    else taken.set(node.value, node);
  }
  return conditions.map((condition) => {
    const id = stringAt(condition, 'id') ?? firstFree(derivedId(condition), taken, condition);
    return { condition, id };
  });
}

function derivedId(condition: JsonNode): string {
  const group = arrayAt(condition, 'conditions');
  const predicate = group ? group.items[0] : condition;
  return predicate ? `${stringAt(predicate, 'path') ?? ''}-${stringAt(predicate, 'op') ?? ''}` : 'always';
}

function firstFree(id: string, taken: Map<string, JsonNode>, condition: JsonNode): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
  taken.set(free, condition);
  return free;
}

function duplicateId(id: string, second: JsonNode, first: JsonNode): PolicyProblem {
  const message = `The id ${JSON.stringify(id)} stands twice in this array. Give one of the two conditions another id.`;
  return { code: 'duplicate-id', message, span: spanOf(second), related: spanOf(first) };
}
