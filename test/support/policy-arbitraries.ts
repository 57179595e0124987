/**
 * Random policies and calls (fast-check) that meet each other: few tool names, few argument names, few values, so that rules apply, types
 * mismatch and numbers are inexact often enough. Everything is JSON text or a plain document; nothing is compiled here.
 */
import fc from 'fast-check';
import { call } from './policy.ts';
import type { Call } from '../../server/src/policy/index.ts';

/** A document as a plain value, to be added to and changed before it is written as text. */
export interface Document {
  version: '1';
  default: 'allow' | 'deny';
  hide?: string[];
  all_tools?: Ruleset;
  tools: Record<string, Entry>;
}

export interface Ruleset {
  require?: object[];
  deny_if?: object[];
  rate_limit?: object;
  limits?: object[];
}

export interface Entry extends Ruleset {
  action?: string;
  reason?: string;
  approval?: object;
}

const ORDINARY = ['read', 'read_all', 'constructor', '__proto__'];
const ODD = ['é', 'a b', ''];
const PATTERNS = ['*', 'read*', '*_all', 'w*e', '*r*', '**'];
const KEYS = ['a', 'b', '__proto__', 'length'];
const PATHS = [
  'args',
  'args.a',
  'args.b',
  'args.a.b',
  'args.a[0]',
  'args.a[*]',
  'args.a[*].b',
  'args["__proto__"]',
  'args.length',
];
const FACTS = ['tool.name', 'tool.category', 'tool.risk', 'grant.label', 'client.name'];

export const toolName = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(...ORDINARY) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);
export const toolPattern = fc.constantFrom(...PATTERNS, ...ORDINARY, 'é', 'a b');

/** Numbers as they can stand in arguments: as text, since some have more digits than a double. */
const numberText = fc.constantFrom(
  '0',
  '-0',
  '1',
  '1.0',
  '2',
  '10',
  '-1',
  '0.1',
  '1e2',
  '9007199254740992',
  '9007199254740993',
);
const exactNumber = fc.constantFrom(0, 1, 2, 10, -1, 0.1, 9007199254740991);
const word = fc.constantFrom('', '1', 'a', 'ab', 'é', 'Read', 'local');

/** JSON text of any value, up to three levels deep, with names that objects inherit. */
const valueText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    numberText,
    word.map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    objectText(tie('value')),
  ),
})).value;

function objectText(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const member = fc.tuple(fc.constantFrom(...KEYS), value);
  return fc
    .uniqueArray(member, { maxLength: 3, selector: ([key]) => key })
    .map((members) => `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`);
}

export const argumentsText = objectText(valueText);
export const anyJsonText = valueText;

export const anyCall: fc.Arbitrary<Call> = fc
  .record({
    tool: toolName,
    args: fc.option(argumentsText, { nil: undefined }),
    upstream: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom('listed', 'unchecked' as const) },
      { weight: 1, arbitrary: fc.constantFrom('missing', 'duplicate' as const) },
    ),
    category: fc.constantFrom(undefined, 'Read', 'Financial' as const),
  })
  .map(({ tool, args, upstream, category }) => call(tool, args, { upstream, ...(category && { category }) }));

const scalar = fc.oneof(exactNumber, word, fc.boolean(), fc.constant(null));
const operand = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.record({ b: scalar }));

const comparison = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'neq', 'contains'), value: operand }),
  fc.record({ op: fc.constantFrom('in', 'not_in'), value: fc.array(operand, { maxLength: 3 }) }),
  fc.record({ op: fc.constantFrom('lt', 'lte', 'gt', 'gte'), value: exactNumber }),
  fc.record({ op: fc.constant('regex'), value: fc.constantFrom('', '^a', 'b$', '[0-9]', '(?i)A') }),
  fc.record({ op: fc.constant('exists'), value: fc.boolean() }, { requiredKeys: ['op'] }),
);

const predicate = fc.tuple(fc.constantFrom(...PATHS, ...FACTS), comparison).map(([path, rest]) => ({ path, ...rest }));
const group = fc.record({ conditions: fc.array(predicate, { maxLength: 3 }) });
export const condition: fc.Arbitrary<object> = fc.oneof(
  { weight: 3, arbitrary: predicate },
  { weight: 1, arbitrary: group },
);

export const rateLimit: fc.Arbitrary<object> = fc.record(
  { max: fc.constantFrom(0, 1, 2, 3, 3), window: fc.constantFrom(1, 60), scope: fc.constantFrom('session', 'grant') },
  { requiredKeys: ['max', 'window'] },
);

export const limit: fc.Arbitrary<object> = fc.record(
  {
    counter: fc.constantFrom('c', 'd'),
    window: fc.constantFrom('minute', 'hour', 'day', 'week', 'month'),
    max: fc.constantFrom(0, 0.3, 1, 2, 100, 1000),
    scope: fc.constantFrom('grant', 'session', 'server'),
    increment_from: fc.constantFrom('args.a', 'args.b'),
  },
  { requiredKeys: ['counter', 'window', 'max'] },
);

/** (counter, window, scope) is unique in a ruleset. */
export function limitIdentity(each: object): string {
  const { counter, window, scope = 'grant' } = each as { counter: string; window: string; scope?: string };
  return [counter, window, scope].join();
}

/** Mostly few: a call that nothing lets through says little about rules. */
const conditions: fc.Arbitrary<object[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<object[]>([]) },
  { weight: 2, arbitrary: fc.array(condition, { maxLength: 2 }) },
);

const rulesetParts = {
  require: conditions,
  deny_if: conditions,
  rate_limit: rateLimit,
  limits: fc.uniqueArray(limit, { maxLength: 2, selector: limitIdentity }),
};

export const ruleset: fc.Arbitrary<Ruleset> = fc.record(rulesetParts, { requiredKeys: [] });

export const entry: fc.Arbitrary<Entry> = fc.record(
  {
    ...rulesetParts,
    action: fc.constantFrom('allow', 'deny', 'require_approval', 'require_approval'),
    reason: fc.constant('Because.'),
  },
  { requiredKeys: [] },
);

export const anyDocument: fc.Arbitrary<Document> = fc.record(
  {
    version: fc.constant('1' as const),
    default: fc.constantFrom('allow', 'allow', 'deny'),
    hide: fc.oneof(
      { weight: 5, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.array(toolPattern, { maxLength: 2 }) },
    ),
    all_tools: ruleset,
    tools: fc
      .uniqueArray(fc.tuple(toolPattern, entry), { minLength: 1, maxLength: 4, size: '+1', selector: ([key]) => key })
      .map((members) => Object.fromEntries(members)),
  },
  { requiredKeys: ['version', 'default', 'tools'] },
);
