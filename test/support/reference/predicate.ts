/** Conditions, exactly as policy language §4 words them, for the reference evaluator. */
import { amount, compare, equal, get, items, string, type Value } from './json.ts';

/** Three answers: it holds, it plainly does not, or it cannot be evaluated. */
export type Answer = 'yes' | 'no' | 'unknown';
/** What a path gave: a value, nothing, or that a step did not fit. */
type Found = Value | 'absent' | 'misfit';

export interface Subject {
  readonly args: Value | undefined;
  /** `tool.name` and so on; without a value where it is not known. */
  readonly roots: Readonly<Record<string, string | undefined>>;
}

export function conditionHolds(condition: Value, subject: Subject, section: 'deny_if' | 'require'): Answer {
  const group = get(condition, 'conditions');
  const predicates = group ? items(group) : [condition];
  const answers = predicates.map((predicate) => predicateHolds(predicate, subject, section));
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

function predicateHolds(predicate: Value, subject: Subject, section: 'deny_if' | 'require'): Answer {
  const op = string(get(predicate, 'op')) ?? '';
  const value: Value = get(predicate, 'value') ?? { kind: 'boolean', value: true };
  const answers = follow(string(get(predicate, 'path')) ?? '', subject).map((found) => operate(op, found, value));
  if (answers.includes('unknown')) return 'unknown';
  if (section === 'deny_if') return answers.includes('yes') ? 'yes' : 'no';
  return answers.includes('no') ? 'no' : 'yes';
}

/** All that the path reaches: several with `[*]`. */
export function follow(path: string, { args, roots }: Subject): readonly Found[] {
  if (!/^args(?![a-z])/.test(path)) {
    const value = roots[path];
    return [value === undefined ? 'misfit' : { kind: 'string', value }];
  }
  const steps = path.slice('args'.length).match(/\.[^.[]+|\["(?:[^"\\]|\\.)*"\]|\[[^\]]+\]/g) ?? [];
  return steps.reduce<readonly Found[]>((found, step) => found.flatMap((each) => take(each, step)), [args ?? 'absent']);
}

function take(from: Found, step: string): readonly Found[] {
  if (from === 'misfit' || from === 'absent') return [from];
  if (from.kind === 'null') return ['absent'];
  if (step.startsWith('.') || step.startsWith('["')) {
    const key = step.startsWith('.') ? step.slice(1) : String(JSON.parse(step.slice(1, -1)));
    return [from.kind === 'object' ? (get(from, key) ?? 'absent') : 'misfit'];
  }
  if (from.kind !== 'array') return ['misfit'];
  return step === '[*]' ? from.items : [from.items[Number(step.slice(1, -1))] ?? 'absent'];
}

function operate(op: string, found: Found, value: Value): Answer {
  if (found === 'misfit') return 'unknown';
  if (op === 'exists') return yes((found !== 'absent') === (value.kind === 'boolean' && value.value));
  if (found === 'absent') return 'no';
  if (hasInexact(found)) return 'unknown';
  switch (op) {
    case 'eq':
    case 'neq':
    case 'in':
    case 'not_in': {
      const compared = op === 'eq' || op === 'neq' ? [value] : items(value);
      const isScalar = compared.every(({ kind }) => kind === 'string' || kind === 'number' || kind === 'boolean');
      if (isScalar && found.kind !== 'null' && !compared.some(({ kind }) => kind === found.kind)) return 'unknown';
      return yes(compared.some((each) => equal(each, found)) === (op === 'eq' || op === 'in'));
    }
    case 'regex':
      if (found.kind !== 'string' || Buffer.byteLength(found.value) > 64 * 1024) return 'unknown';
      return yes(new RegExp(string(value) ?? '', 'u').test(found.value));
    case 'contains':
      if (found.kind === 'array') return yes(found.items.some((item) => equal(item, value)));
      return found.kind === 'string' && value.kind === 'string' ? yes(found.value.includes(value.value)) : 'unknown';
    default:
      return found.kind === 'number' && value.kind === 'number' ? order(op, found.amount, value.amount) : 'unknown';
  }
}

const largest = amount('9007199254740991');

function order(op: string, a: typeof largest, b: typeof largest): Answer {
  if (compare(a, largest) > 0 || compare({ digits: -a.digits, power: a.power }, largest) > 0) return 'unknown';
  const difference = compare(a, b);
  return yes({ lt: difference < 0, lte: difference <= 0, gt: difference > 0, gte: difference >= 0 }[op] ?? false);
}

function hasInexact(value: Value): boolean {
  if (value.kind === 'number') return !value.exact;
  if (value.kind === 'array') return value.items.some(hasInexact);
  return value.kind === 'object' && value.entries.some(([, each]) => hasInexact(each));
}

function yes(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}
