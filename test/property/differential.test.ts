/**
 * The engine against a second evaluator that shares no code with it (test/support/reference). Where they differ, the policy language page says who is
 * right. `DIFFERENTIAL_CASES` sets the number of random cases.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compilePolicy,
  decide,
  MemoryCounters,
  readJson,
  type Call,
  type CompiledPolicy,
  type JsonObject,
} from '../../server/src/policy/index.ts';
import type { Category, RiskLevel } from '../../server/src/policy/vocabulary.ts';
import {
  ReferenceEvaluator,
  type Branch,
  type ReferenceCall,
  type ReferenceDecision,
} from '../support/reference/evaluate.ts';
import { timedCalls } from './differential-call.ts';
import { policyText } from './differential-policy.ts';
import { arrayText, objectText } from './differential-text.ts';

const numRuns = Number(process.env['DIFFERENTIAL_CASES'] ?? 2_000);
type Verdict = Pick<ReferenceDecision, 'decision' | 'rule'>;

const owner = { server: 'bank', policyFile: '/project/policy.json' };

function compiled(text: string): CompiledPolicy {
  const compilation = compilePolicy(text);
  if (compilation.ok) return compilation.policy;
  throw new Error(
    `The generator made an invalid policy: ${text}\n${compilation.problems.map(({ message }) => message).join('\n')}`,
  );
}

function engineCall(call: ReferenceCall): Call {
  const { tool, upstream, category, risk, arguments: text, client, grantId, grantLabel, session } = call;
  return {
    tool,
    upstream,
    caller: { grantId, grantLabel, session, ...(client !== undefined && { client }) },
    ...(text !== undefined && { arguments: argumentsOf(text) }),
    ...(category !== undefined && { category: category as Category }),
    ...(risk !== undefined && { risk: risk as RiskLevel }),
  };
}

function argumentsOf(text: string): JsonObject {
  const reading = readJson(text);
  if (reading.ok && reading.root.kind === 'object') return reading.root;
  throw new Error(`The generator made invalid arguments: ${text}`);
}

describe('the engine and the reference evaluator', () => {
  it(`agree on decision and rule in ${String(numRuns)} random cases`, { timeout: 30_000 + numRuns * 20 }, () => {
    const histogram = new Map<string, number>();
    const tally = (name: string) => histogram.set(name, (histogram.get(name) ?? 0) + 1);
    let total = 0;

    fc.assert(
      fc.property(policyText, timedCalls, (policy, calls) => {
        const [document, counters, reference] = [
          compiled(policy),
          new MemoryCounters(),
          new ReferenceEvaluator(policy),
        ];
        const reached = new Set<Branch>();
        for (const call of calls) {
          const expected = reference.decide(call, call.at);
          const { decision, rule } = decide(document, engineCall(call), owner, counters, call.at);
          agree({ decision, rule }, expected, call);
          expected.reached.forEach((branch) => reached.add(branch));
          tally(`decided by ${kindOf(decision, rule)}`);
        }
        total++;
        reached.forEach((branch) => tally(`reached ${branch}`));
      }),
      { numRuns },
    );

    console.info(Object.fromEntries([...histogram].sort()));
    for (const branch of ['deny_if', 'require', 'limits', 'approval']) {
      expect((histogram.get(`reached ${branch}`) ?? 0) / total, `cases that reach ${branch}`).toBeGreaterThanOrEqual(
        0.3,
      );
    }
    for (const kind of kinds)
      expect(histogram.get(`decided by ${kind}`) ?? 0, `calls decided by ${kind}`).toBeGreaterThan(total / 100);
  });
});

/** Cheap where they agree, which is nearly always. */
function agree(engine: Verdict, reference: Verdict, about: unknown): void {
  if (engine.decision === reference.decision && engine.rule === reference.rule) return;
  expect({ ...engine, about }).toEqual({ decision: reference.decision, rule: reference.rule, about });
}

const kinds = [
  'allow',
  '(unsafe name)',
  '(hidden)',
  '(unknown tool)',
  '(default deny)',
  'action',
  'deny_if',
  'require',
  'rate_limit',
  'limits',
  'approval',
];

function kindOf(decision: string, rule: string): string {
  if (decision === 'allow') return 'allow';
  return /^[(].*|(?<=^[/]tools[/][^/]*[/]|^[/]all_tools[/])[^/]+/.exec(rule)?.[0] ?? rule;
}

describe('every operator on every kind of value', () => {
  const values = [
    'null',
    '""',
    '"1"',
    '1',
    '1.0',
    '-0',
    'true',
    '[]',
    '{}',
    '"\\u00e9"',
    '"e\\u0301"',
    '[1]',
    '{"v":1}',
  ];
  const sent = [undefined, ...values, '9007199254740993', '[9007199254740993]', '9007199254740992'];
  /** Up to 64 KiB of UTF-8 a string is matched, beyond it is not. */
  const longStrings = ['a'.repeat(65_536), 'a'.repeat(65_537), 'é'.repeat(32_768), 'é'.repeat(32_769)].map((each) =>
    JSON.stringify(each),
  );
  const lists = ['[]', ...values.map((value) => arrayText([value])), '["1",1]', '[null,"1"]', '[1,{}]'];
  const operands: Readonly<Record<string, readonly (string | undefined)[]>> = {
    ...{ eq: values, neq: values, contains: values, in: lists, not_in: lists },
    ...{ lt: ['1', '-0'], lte: ['1', '-0'], gt: ['1', '-0'], gte: ['1', '-0'] },
    ...{ regex: ['"^1"', '"^$"', '"\\u00e9"', '"a$"'], exists: ['true', 'false', undefined] },
  };
  const caller = { tool: 't', grantId: 'g', grantLabel: 'local', session: 's', upstream: 'listed' } as const;

  it.each(Object.entries(operands))('%s', (op, choices) => {
    for (const value of choices) {
      for (const path of ['args.v', 'args.v[*]', 'args.v.v', 'args.v[0]']) {
        const predicate = objectText({
          path: JSON.stringify(path),
          op: JSON.stringify(op),
          ...(value !== undefined && { value }),
        });
        const group = objectText({
          conditions: arrayText([predicate, '{"path":"args.w","op":"exists","value":false}']),
        });
        for (const [section, condition] of [
          ['deny_if', predicate],
          ['require', predicate],
          ['deny_if', group],
        ] as const) {
          for (const policy of policiesWith(section, condition))
            compare(policy, op === 'regex' && path === 'args.v' ? [...sent, ...longStrings] : sent);
        }
      }
    }
  });

  function policiesWith(section: string, condition: string): string[] {
    const rules = objectText({ [section]: arrayText([condition]) });
    return [
      objectText({ version: '"1"', default: '"allow"', all_tools: rules }),
      objectText({ version: '"1"', default: '"deny"', tools: objectText({ t: rules }) }),
    ];
  }

  function compare(policy: string, arguments_: readonly (string | undefined)[]): void {
    const [document, reference] = [compiled(policy), new ReferenceEvaluator(policy)];
    for (const value of arguments_) {
      const call: ReferenceCall = { ...caller, arguments: value === undefined ? '{}' : objectText({ v: value }) };
      const verdict = decide(document, engineCall(call), owner, new MemoryCounters(), 0);
      agree(verdict, reference.decide(call, 0), { policy, call });
    }
  }
});
