/** Makes the samples: of all JSON values, or of those that an argument may have by its schema. */
import type { ArgumentPath, JsonType } from '../../catalog/index.ts';
import { deepEqual } from '../../policy/json/compare.ts';
import type { JsonNode } from '../../policy/index.ts';
import { nodeOf } from './node.ts';
import { conforms, highest, listedNodes, lowest } from './conform.ts';
import type { Sample } from './sample.ts';

const ABSENT: Sample = { value: undefined, exact: true };
const UNREACHABLE: Sample = { value: 'unreachable', exact: true };
/** Numbers that no operator judges: too many digits, or beyond what is exact. */
const UNJUDGED: readonly Sample[] = [
  {
    value: { kind: 'number', text: '9007199254740993', value: 9007199254740992, exact: false, start: 0, end: 0 },
    exact: false,
  },
  { value: nodeOf(1e300), exact: false },
];

/** Everything that a path can find, whatever the schema says. */
export function* allSamples(constants: readonly JsonNode[]): Generator<Sample> {
  yield ABSENT;
  yield UNREACHABLE;
  yield* UNJUDGED;
  yield* valueSamples(constants, (node) => ({ value: node, exact: true }), undefined);
}

/** What the path may find besides the argument's own values. */
export interface Presence {
  readonly absent: boolean;
  readonly unreachable: boolean;
}

/**
 * What a path can find in calls that fit the schema: more than can be, never less. Numbers that no operator judges are left out: a
 * schema cannot rule them out, and a finding that they spoil would never be made.
 */
export function* schemaSamples(
  constants: readonly JsonNode[],
  argument: ArgumentPath,
  { absent, unreachable }: Presence,
): Generator<Sample> {
  if (absent) yield ABSENT;
  if (unreachable) yield UNREACHABLE;
  if (argument.enum) {
    for (const value of listedNodes(argument)) yield { value, exact: true };
    return;
  }
  const keep = (node: JsonNode): Sample | undefined =>
    conforms(node, argument) ? { value: node, exact: true } : undefined;
  yield* valueSamples(constants, keep, argument);
}

function* valueSamples(
  constants: readonly JsonNode[],
  keep: (node: JsonNode) => Sample | undefined,
  argument: ArgumentPath | undefined,
): Generator<Sample> {
  const may = (...types: JsonType[]): boolean => mayBe(argument?.types ?? [], types);
  const fresh: JsonNode[] = [];
  if (may('null')) fresh.push(nodeOf(null));
  if (may('boolean')) fresh.push(nodeOf(true), nodeOf(false));
  yield* fresh.map((value) => ({ value, exact: true }));
  yield* constants.flatMap((node) => (node.kind === 'number' ? [] : (keep(node) ?? [])));
  if (may('string') && argument?.maxLength !== 0) yield other(constants, (n) => nodeOf(`~${n}`));
  if (may('string') && argument?.maxLength === 0) yield { value: nodeOf(''), exact: true };
  if (may('array')) yield other(constants, (n) => nodeOf([`~${n}`]));
  if (may('object')) yield other(constants, (n) => nodeOf({ [`~${n}`]: true }));
  if (may('number', 'integer')) {
    for (const value of new Set(numbersAround(constants, argument))) {
      const sample = keep(nodeOf(value));
      if (sample) yield sample;
    }
  }
}

function mayBe(types: readonly JsonType[], wanted: readonly JsonType[]): boolean {
  return types.length === 0 || wanted.some((type) => types.includes(type));
}

/** A value of its kind that no constant names. */
function other(constants: readonly JsonNode[], make: (turn: number) => JsonNode): Sample {
  let turn = 0;
  let value = make(turn);
  while (constants.some((constant) => deepEqual(constant, value))) value = make(++turn);
  return { value, exact: false };
}

const LIMIT = Number.MAX_SAFE_INTEGER;

/** Each number that is named, the ends of what can be judged, and one of each gap between two of them. */
function numbersAround(constants: readonly JsonNode[], argument: ArgumentPath | undefined): readonly number[] {
  const named = constants.flatMap((node) => (node.kind === 'number' ? [node.value] : []));
  const ends = [argument ? lowest(argument) : -LIMIT, argument ? highest(argument) : LIMIT];
  const bounds = [-LIMIT, ...ends.map((end) => Math.min(LIMIT, Math.max(-LIMIT, end))), LIMIT];
  const sorted = [...new Set([...named, ...bounds])].sort((a, b) => a - b);
  const whole = argument !== undefined && argument.types.length > 0 && !argument.types.includes('number');
  if (!whole) return [...sorted, ...middles(sorted)];
  const around = sorted.flatMap((value) => [Math.ceil(value) - 1, value, Math.floor(value) + 1]);
  return around.filter((value) => Number.isInteger(value) && (Math.abs(value) <= LIMIT || named.includes(value)));
}

function middles(sorted: readonly number[]): readonly number[] {
  return sorted.slice(1).map((value, index) => {
    const before = sorted[index] ?? value;
    return before + (value - before) / 2;
  });
}
