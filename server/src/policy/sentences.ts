/** The engine's own sentences: what people and agents read when a policy gives no text of its own. */
import type { CompiledCondition, CompiledLimit, CompiledPredicate, CompiledRateLimit, Operator } from './compiled.ts';
import type { JsonNode } from './json/node.ts';
import { writeJson } from './json/value.ts';

export const SENTENCES = {
  noPolicy: 'No valid policy is in force, so every call is denied.',
  unavailable: 'Tool is not available.',
  unsafeName: 'The tool name is empty, too long, or has characters that only a policy which writes them out can allow.',
  hidden: 'The policy hides this tool.',
  missingTool: 'The server does not list this tool.',
  duplicateTool: 'The server lists this tool twice, so it is not clear which one is meant.',
  defaultDeny: 'The policy does not list this tool, and denies what it does not list.',
  actionDeny: 'The policy denies this tool.',
  approvalNeeded: 'This call needs the approval of a person.',
  allowed: 'The policy allows this tool.',
  conditional: 'The policy allows this tool under conditions.',
} as const;

const MAX_VALUE_LENGTH = 80;

const RELATIONS: Readonly<Record<Operator, string>> = {
  eq: 'is',
  neq: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  regex: 'matches',
  contains: 'contains',
  exists: 'is present',
};

/** `args.amount is more than 1000`; the predicates of a group are joined by "and"; an empty group is `always`. */
export function conditionInWords({ predicates }: CompiledCondition): string {
  return predicates.length === 0 ? 'always' : predicates.map(predicateInWords).join(' and ');
}

export function forbiddenSentence(condition: CompiledCondition): string {
  return condition.predicates.length === 0 ? SENTENCES.actionDeny : `Denied because ${conditionInWords(condition)}.`;
}

export function requiredSentence(condition: CompiledCondition): string {
  return `Allowed only when ${conditionInWords(condition)}.`;
}

export function unknownSentence({ pathText, op }: CompiledPredicate): string {
  return `Denied because ${pathText} cannot be compared: ${UNKNOWN_REASONS[op]}.`;
}

export function rateLimitInWords({ max, seconds, scope }: CompiledRateLimit): string {
  return `at most ${counted(max, 'call')} in ${counted(seconds, 'second')} per ${scope}`;
}

export function limitInWords({ counter, window, max, scope, incrementFrom }: CompiledLimit): string {
  const what = incrementFrom ? `${max} in total of ${incrementFrom.text}` : counted(max, 'call');
  return `at most ${what} per ${window} per ${scope} (counter ${shortened(JSON.stringify(counter))})`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `in 3 h`, of milliseconds: rounded up, so that nobody comes back too early. */
export function untilInWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000));
  const unit = UNITS.find(([, size]) => seconds >= 2 * size);
  return unit ? `in ${String(Math.ceil(seconds / unit[1]))} ${unit[0]}` : `in ${String(seconds)} s`;
}

export function incrementSentence(path: string): string {
  return `Denied because ${path} must be a number from 0 to 9007199254740991 to be counted.`;
}

export function exceededSentence(limit: string): string {
  return `Limit reached: ${limit}.`;
}

const MISMATCH = 'the value has another type, or more digits than can be compared exactly';

const UNKNOWN_REASONS: Readonly<Record<Operator, string>> = {
  eq: MISMATCH,
  neq: MISMATCH,
  in: MISMATCH,
  not_in: MISMATCH,
  lt: 'it must be a number from -9007199254740991 to 9007199254740991',
  lte: 'it must be a number from -9007199254740991 to 9007199254740991',
  gt: 'it must be a number from -9007199254740991 to 9007199254740991',
  gte: 'it must be a number from -9007199254740991 to 9007199254740991',
  regex: 'it must be a string of at most 64 KiB',
  contains: 'it must be a string or an array',
  exists: 'the path leads into a value of another kind',
};

/** For example `args.amount is more than 1000`. */
export function predicateInWords({ pathText, op, value }: CompiledPredicate): string {
  const operand = op === 'regex' ? patternInWords(value) : writeJson(value);
  if (op !== 'exists') return `${pathText} ${RELATIONS[op]} ${shortened(operand)}`;
  return `${pathText} ${isFalse(value) ? 'is absent' : RELATIONS.exists}`;
}

/** A value of a call, as JSON; long ones are cut. */
export function valueInWords(value: JsonNode): string {
  return shortened(writeJson(value));
}

/** What a path found instead of a value. */
export function absentInWords(isUnreachable: boolean): string {
  return isUnreachable ? 'leads into a value of another kind' : 'absent';
}

/** As its author thinks of it, without JSON's escapes for backslashes and quotes; control characters stay escaped. */
function patternInWords(value: JsonNode): string {
  return writeJson(value).replace(/\\([\\"])/g, '$1');
}

function isFalse(value: JsonNode): boolean {
  return value.kind === 'boolean' && !value.value;
}

function shortened(text: string): string {
  const characters = text.length > MAX_VALUE_LENGTH ? [...text] : [];
  return characters.length > MAX_VALUE_LENGTH ? `${characters.slice(0, MAX_VALUE_LENGTH).join('')}…` : text;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
