/** What the log tells of a call: its record, and the values that were kept of its arguments. Never guesses. */
import { parsePath, readJson, type Call, type JsonObject, type ParsedPath, type PathStep } from '../policy/index.ts';
import { MAX_ARG_KEY_LENGTH, MAX_ARG_KEYS, type DecisionRecord } from '../protocol/audit.ts';
import type { KeptValues } from '../protocol/values.ts';

export interface Knowledge {
  readonly record: DecisionRecord;
  /** What was kept under these paths. */
  readonly paths: readonly ParsedPath[];
  readonly args?: JsonObject;
  /** By paths of the policy of that time: why nothing was kept there. */
  readonly withheld: KeptValues['withheld'];
}

export function knowledgeOf(record: DecisionRecord, kept: KeptValues | undefined): Knowledge {
  return { record, ...readKept(kept) };
}

/** Values that cannot be read count as not kept. */
export function readKept(kept: KeptValues | undefined): Omit<Knowledge, 'record'> {
  const reading = kept && readJson(kept.args);
  if (!kept || !reading?.ok || reading.root.kind !== 'object') return { paths: [], withheld: {} };
  const paths = kept.paths.map((text) => parsePath(text)).flatMap((each) => (each.ok ? [each.path] : []));
  return { paths, args: reading.root, withheld: kept.withheld };
}

export function callOf({ record, args }: Knowledge): Call {
  const { tool, grant, session, client, category, risk, rule } = record;
  const caller = { grantId: grant, grantLabel: grant, session, ...(client === '' ? {} : { client }) };
  const known = { ...(category === '' ? {} : { category }), ...(risk === '' ? {} : { risk }) };
  const upstream = rule === '(unknown tool)' ? 'missing' : 'unchecked';
  return { tool, caller, upstream, ...known, ...(args ? { arguments: args } : {}) };
}

/** The server's list was looked at before the call was judged, and has the tool. */
export function isListed({ category }: DecisionRecord): boolean {
  return category !== '';
}

/** Whether it is known what stands at the path: of arguments without kept values only that they are absent. */
export function knows({ record, paths }: Knowledge, path: ParsedPath): boolean {
  if (path.root === 'tool.category' || path.root === 'tool.risk') return record.category !== '';
  if (path.root !== 'args') return true;
  return paths.some(({ steps }) => leadsTo(steps, path.steps)) || isAbsent(record, path);
}

/** Of what is kept, all of its parts are. */
function leadsTo(kept: readonly PathStep[], steps: readonly PathStep[]): boolean {
  return kept.length <= steps.length && kept.every((step, index) => isSame(step, steps[index]));
}

function isSame(step: PathStep, other: PathStep | undefined): boolean {
  switch (step.kind) {
    case 'every':
      return other?.kind === 'every';
    case 'key':
      return other?.kind === 'key' && other.name === step.name;
    case 'index':
      return other?.kind === 'index' && other.index === step.index;
  }
}

function isAbsent({ argKeys }: DecisionRecord, { steps }: ParsedPath): boolean {
  const [first] = steps;
  if (first?.kind !== 'key' || argKeys.length >= MAX_ARG_KEYS || first.name.length > MAX_ARG_KEY_LENGTH) return false;
  return !argKeys.includes(first.name) && argKeys.every((key) => key.length < MAX_ARG_KEY_LENGTH);
}
