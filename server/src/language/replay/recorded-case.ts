/** A recorded call as a case of a policy test: the values that were kept, and in the place of the others a text that asks to be replaced. */
import { writeJson, type JsonNode } from '../../policy/index.ts';
import type { RecordedCaseParams, RecordedCaseResult } from '../../protocol/policyTests.ts';
import type { KeptValues } from '../../protocol/values.ts';
import { isOfPolicy, readKept, saidByPolicy } from '../../replay/index.ts';

const PLACEHOLDER = 'REPLACE ME: this value was not kept';

/** Names are agents' and may be long; the schema takes no more. */
const MAX_NAME = 256;

/** `kept`: of this call; absent where nothing was. */
export function recordedCase(call: RecordedCaseParams, kept: KeptValues | undefined): RecordedCaseResult {
  if (!isOfPolicy(call.rule)) return { kind: 'problem', problem: noCase(call.rule) };
  const decision = call.decision === 'pending' ? 'needs_approval' : saidByPolicy(call);
  const known = valuesOf(kept);
  const names = [...new Set([...call.argKeys, ...known.values.keys()])];
  const missing = names.filter((name) => !known.whole.has(name));
  const members = names.map((name) => [name, written(known.values.get(name))] as const);
  const { tool, rule } = call;
  const title = `${tool}: ${decision}${rule === '' ? '' : ` by ${rule}`}`.slice(0, MAX_NAME);
  const text = object(0, [
    ['name', JSON.stringify(title)],
    ['call', object(1, [['tool', JSON.stringify(tool)], ['arguments', object(2, members)], ...callerOf(call)])],
    ['expect', `{ "decision": ${JSON.stringify(decision)}, "rule": ${JSON.stringify(rule)} }`],
  ]);
  return { kind: 'case', text, missing };
}

const noCase = (rule: string): string =>
  `The policy had no say in this call: it was denied by ${rule}. A test of the policy cannot show that.`;

interface KnownValues {
  readonly values: ReadonlyMap<string, JsonNode>;
  /** Those of which all is known, and not only some part that the policy looks at. */
  readonly whole: ReadonlySet<string>;
}

function valuesOf(kept: KeptValues | undefined): KnownValues {
  const { paths, args } = readKept(kept);
  const values = new Map([...(args?.members ?? [])].map(([name, { value }]) => [name, value]));
  const whole = paths.flatMap(({ steps: [first, ...deeper] }) =>
    first?.kind === 'key' && deeper.length === 0 ? [first.name] : [],
  );
  return { values, whole: new Set(whole.filter((name) => values.has(name))) };
}

const written = (value: JsonNode | undefined): string =>
  value === undefined ? JSON.stringify(PLACEHOLDER) : writeJson(value);

/** What conditions and counters may go by. */
function callerOf({ grant, client, category, risk }: RecordedCaseParams): readonly (readonly [string, string])[] {
  const said = { grant: grant === 'local' ? '' : grant, client, category, risk };
  return Object.entries(said).flatMap(([name, value]) =>
    value === '' ? [] : [[name, JSON.stringify(value)] as const],
  );
}

/** `members`: names and JSON texts; one on each line. */
function object(depth: number, members: readonly (readonly [string, string])[]): string {
  if (members.length === 0) return '{}';
  const indent = '  '.repeat(depth);
  const lines = members.map(([name, text]) => `${indent}  ${JSON.stringify(name)}: ${text}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
