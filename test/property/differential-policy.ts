/** Random valid policies for differential.test.ts. Biased: most conditions let an ordinary call through, so that the later steps are reached too. */
import fc, { type Arbitrary } from 'fast-check';
import {
  arrayText,
  exactValue,
  membersText,
  objectText,
  quoted,
  weighted,
  word,
  type Members,
} from './differential-text.ts';

const paths = [
  ...'args args.a args.amount args.b args.b.x args.b["y"] args["c\\u0020d"] args.missing args.missing.deeper'.split(
    ' ',
  ),
  ...'args.list args.list[0] args.list[7] args.list[*] args.list[*].x args.list[*][*] args.list[*].x[*] args[*] args.a[*]'.split(
    ' ',
  ),
  ...'args.__proto__ args.constructor args["__proto__"].x args.toString'.split(' '),
  ...'tool.name tool.category tool.risk grant.label client.name'.split(' '),
];

const operation: Arbitrary<Members> = fc.oneof(
  fc.record({ op: quoted('eq neq contains'), value: exactValue }),
  fc.record({ op: quoted('in not_in'), value: fc.array(exactValue, { maxLength: 3 }).map(arrayText) }),
  fc.record({ op: quoted('lt lte gt gte'), value: word('0 -0 1 1.0 2.5 9007199254740991 1e20') }),
  // On these, RE2 and JavaScript agree.
  fc.record({ op: quoted('regex'), value: quoted('^a c$ [a-c]+ ^$ é a|1 ^.b (ab)?c pay Read|Write') }),
  fc.record({ op: quoted('exists'), value: word('true false') }),
  fc.record({ op: quoted('exists') }),
);
const anyPredicate = fc
  .tuple(fc.constantFrom(...paths), operation)
  .map(([path, rest]): Members => ({ path: JSON.stringify(path), ...rest }));

/** What an ordinary call does not do. */
const mildDenial = fc.constantFrom<Members>(
  { path: '"args.amount"', op: '"gt"', value: '100' },
  { path: '"args.a"', op: '"eq"', value: '"evil"' },
  { path: '"args.missing"', op: '"exists"' },
  { path: '"args.list[*]"', op: '"contains"', value: '"evil"' },
);
/** What an ordinary call does. */
const mildDemand = fc.constantFrom<Members>(
  { path: '"args.amount"', op: '"gte"', value: '0' },
  { path: '"args.a"', op: '"regex"', value: '"^[a-z]*$"' },
  { path: '"args.a"', op: '"exists"', value: 'true' },
  { path: '"args.list[*]"', op: '"neq"', value: '"evil"' },
  { path: '"args"', op: '"exists"', value: 'true' },
);

function conditions(mild: Arbitrary<Members>): Arbitrary<string> {
  const group = fc.array(weighted([8, mild], [1, anyPredicate]), { minLength: 1, maxLength: 3 });
  const condition = weighted<Members>(
    [60, mild],
    [2, anyPredicate],
    [3, group.map((all) => ({ conditions: arrayText(all.map(objectText)) }))],
    [1, fc.constant({ conditions: '[]' })],
  );
  const id = fc.option(word('own args.a-eq args.a-eq-2 args.a-exists always always-2 args.amount-gt'), { freq: 3 });
  return fc.array(fc.tuple(condition, id), { maxLength: 3 }).map((all) => {
    const isFirst = (wanted: string | null, index: number) => all.findIndex(([, each]) => each === wanted) === index;
    const named = all.map(([members, own], index): Members =>
      own !== null && isFirst(own, index) ? { ...members, id: JSON.stringify(own) } : members,
    );
    return arrayText(named.map(objectText));
  });
}

const rateLimit = fc
  .record(
    { max: word('0 1 2 3 3.0 1e1 20 20 20 20'), window: word('1 10 60 3600'), scope: quoted('session grant') },
    { requiredKeys: ['max', 'window'] },
  )
  .map((members) => objectText(members as Members));
const limit = fc.record(
  {
    counter: quoted('calls spend a/b~c __proto__'),
    window: quoted('minute hour day week month'),
    max: word('0 1 2 5 10 1e2 1e2 1000 9007199254740991'),
    scope: quoted('session grant server'),
    increment_from: weighted([18, quoted('args.amount')], [1, quoted('args.b.x args.list[0] args["a"]')]),
  },
  { requiredKeys: ['counter', 'window', 'max'] },
);
const limits = fc
  .uniqueArray(limit, { maxLength: 2, selector: ({ counter, window, scope = '"grant"' }) => counter + window + scope })
  .map((all) => arrayText(all.map((each) => objectText(each as Members))));

const ruleset = fc
  .record(
    { deny_if: conditions(mildDenial), require: conditions(mildDemand), rate_limit: rateLimit, limits },
    { requiredKeys: [] },
  )
  .map((members): Members => members as Members);

/** `-`: the entry states no action. */
function entry(actions: Arbitrary<string>): Arbitrary<string> {
  const action = actions.map((each): Members => (each === '-' ? {} : { action: JSON.stringify(each) }));
  return fc.tuple(ruleset, action).map(([rules, stated]) => objectText({ ...rules, ...stated }));
}

const named = fc.tuple(
  fc.constantFrom('weird name', ...'pa* p*y* pa*ay * *_file r*d*e read_file constructor __proto__ é a/b~c'.split(' ')),
  entry(word('allow deny require_approval require_approval - - - -')),
);
const pay = fc.tuple(
  fc.constant('pay'),
  entry(weighted([8, fc.constant('require_approval')], [3, word('allow deny -')])),
);
const tools = fc
  .tuple(fc.uniqueArray(named, { maxLength: 2, selector: ([key]) => key }), fc.option(pay, { freq: 8 }), fc.boolean())
  .map(([others, own, first]) => membersText(own === null ? others : first ? [own, ...others] : [...others, own]));

export const policyText: Arbitrary<string> = fc
  .record(
    {
      version: fc.constant('"1"'),
      default: quoted('allow allow deny'),
      hide: fc.array(quoted('hidden hid* *_file *x*'), { maxLength: 2 }).map(arrayText),
      all_tools: ruleset.map(objectText),
      tools,
    },
    { requiredKeys: ['version', 'default', 'tools'] },
  )
  .map((members) => objectText(members as Members));
