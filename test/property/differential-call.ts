/** Random calls with a clock for differential.test.ts. Most are ordinary calls of one tool; the rest try everything that a rule might trip over. */
import fc, { type Arbitrary } from 'fast-check';
import type { ReferenceCall } from '../support/reference/evaluate.ts';
import { exactValue, membersText, objectText, weighted, word } from './differential-text.ts';

interface TimedCall extends ReferenceCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const inexactValue = word(
  '9007199254740993 [9007199254740993] {"x":0.1000000000000000055} 9007199254740992 1e-400 0.1000000000000000055 1.00000000000000001',
);
const ordinary = fc
  .record({ amount: word('0 0.1 0.2 1 2 1.0 5'), a: word('"abc" "a" ""'), list: word('[] ["a"] ["a","abc"]') })
  .map((members) => objectText(members));
const extraordinary = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('a', 'amount', 'b', 'list', 'c d', 'constructor', '__proto__'),
      weighted([6, exactValue], [1, inexactValue]),
    ),
    { selector: ([key]) => key },
  )
  .map(membersText);

const oddNames = [
  ...'read_file constructor __proto__ a/b~c other hidden PAY pays a*b é e\u0301 pay\u200b \ud800'.split(' '),
  ...['', 'weird name', 'pay ', 'x'.repeat(128), 'x'.repeat(129)],
];

const call = fc.record(
  {
    tool: weighted([12, fc.constant('pay')], [3, fc.constantFrom(...oddNames)]),
    arguments: weighted([10, ordinary], [2, extraordinary]),
    grantId: word('g1 g1 g2'),
    grantLabel: word('local ci'),
    session: word('s1 s1 s2'),
    client: word('claude-code abc'),
    category: word('Read Write Financial'),
    risk: word('low critical'),
    upstream: weighted<ReferenceCall['upstream']>(
      [20, fc.constantFrom('listed', 'unchecked')],
      [1, fc.constantFrom('missing', 'duplicate')],
    ),
  },
  { requiredKeys: ['tool', 'grantId', 'grantLabel', 'session', 'upstream'] },
);
// An ordinary call has arguments; without them most conditions would end it.
const ordinaryCall = fc.tuple(call, ordinary).map(([each, text]) => ({ arguments: text, ...each }));

/** Just before the ends of windows, in a leap year, and before the epoch. */
const starts =
  '2026-02-28T23:59:58.500Z 2026-12-31T23:59:30Z 2028-02-29T12:00:00Z 2026-11-22T23:59:59.999Z 1969-12-31T23:59:00Z';
const pauses = [0, 0, 1, 999, 1_000, 9_999, 30_000, 60_000, 3_600_000, 86_400_000, 7 * 86_400_000, -5_000, -86_400_000];

export const timedCalls: Arbitrary<readonly TimedCall[]> = fc
  .tuple(
    word(starts),
    fc.array(fc.tuple(weighted([8, ordinaryCall], [1, call]), fc.constantFrom(...pauses)), {
      minLength: 3,
      maxLength: 8,
    }),
  )
  .map(([start, calls]) => {
    let at = Date.parse(start);
    return calls.map(([each, pause]) => {
      at += pause;
      return { ...(each as ReferenceCall), at };
    });
  });
