/** What is remembered between two versions of a document changes no finding: random editing, each version examined with and without. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze, AnalysisMemory, type AnalysisInput } from '../../../server/src/analysis/index.ts';
import { CompileMemory, compilePolicy } from '../../../server/src/policy/index.ts';
import { serverWith, tool } from '../../unit/analysis/support.ts';

const names = ['pay', 'read', 'delete_user', 'pya', 'rea*', 'none_*', '*', 'reаd'] as const;
const amount = { path: 'args.amount', op: 'gt', value: 10 };
const limit = (counter: string, max: number) => ({ counter, window: 'day', max });
const bodies = [
  {},
  { action: 'deny' },
  { deny_if: [amount] },
  { deny_if: [{ ...amount, path: 'args.amuont' }] },
  { deny_if: [{ ...amount, value: -1 }], require: [{ ...amount, op: 'lt', value: 5 }] },
  { require: [amount, amount] },
  { require: [{ path: 'args.token', op: 'eq', value: 'ghp_0123456789abcdefghijABCDEFGHIJ012345' }] },
  { deny_if: [{ path: 'args.note', op: 'regex', value: '(a+)+$' }] },
  { limits: [limit('n', 0), limit('m', 5)] },
  { limits: [limit('n', 3)], rate_limit: { max: 0, window: 60 } },
  { rate_limit: { max: 2, window: 60 }, reason: 'AKIAIOSFODNN7EXAMPLE' },
  { denyif: [] },
  { limits: [limit('n', 1), limit('n', 1)] },
] as const;

const edit = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name: fc.constantFrom(...names), body: fc.constantFrom(...bodies) }) },
  { weight: 2, arbitrary: fc.record({ without: fc.constantFrom(...names) }) },
  { weight: 2, arbitrary: fc.record({ at: fc.nat(), typed: fc.constantFrom(' ', '\n', '9', '"', ',', 'x') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      key: fc.constantFrom('default', 'hide', 'all_tools'),
      value: fc.constantFrom('allow', ['pay', 'x*'], { limits: [limit('n', 2)] }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ server: fc.nat({ max: 2 }), core: fc.boolean() }) },
  // By itself: where the tools change too, all is examined again because of those.
  { weight: 2, arbitrary: fc.record({ reviewed: fc.nat({ max: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ off: fc.constantFrom('unknown-tool', 'unknown-argument', 'zero-limit', 'none') }),
  },
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

const pay = tool('pay', { amount: { type: 'number', minimum: 0 }, note: { type: 'string' } });
const servers = [
  serverWith(pay, 'read'),
  serverWith(tool('pay', { amount: { type: 'integer', maximum: 9 } }), 'read', 'reаd', 'delete_user'),
  {},
];

interface State {
  readonly document: { readonly tools: Readonly<Record<string, unknown>> };
  readonly text: string;
  readonly known: Omit<AnalysisInput, 'text' | 'memory'>;
}

function write(state: State, document: State['document']): State {
  return { ...state, document, text: JSON.stringify(document, undefined, 2) };
}

function after(state: State, step: Edit): State {
  const { document, text, known } = state;
  if ('name' in step) return write(state, { ...document, tools: { ...document.tools, [step.name]: step.body } });
  if ('without' in step) {
    const left = Object.entries(document.tools).filter(([name]) => name !== step.without);
    return write(state, { ...document, tools: Object.fromEntries(left) });
  }
  if ('key' in step) return write(state, { ...document, [step.key]: step.value });
  if ('off' in step) return { ...state, known: { ...known, settings: { rules: { [step.off]: 'off' } } } };
  if ('typed' in step) {
    const at = step.at % text.length;
    return { ...state, text: text.slice(0, at) + step.typed + text.slice(at) };
  }
  if ('reviewed' in step) {
    const { catalog: reviewed } = servers[step.reviewed] ?? {};
    return { ...state, known: { ...known, ...(reviewed && { reviewed }) } };
  }
  return { ...state, known: { core: step.core, ...servers[step.server] } };
}

test('what is remembered changes no finding', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 2, maxLength: 25 }), (steps) => {
      const [compiled, memory] = [new CompileMemory(), new AnalysisMemory()];
      const start = { version: '1', default: 'deny', tools: { pay: { deny_if: [amount] }, read: {} } };
      let state = write({ document: start, text: '', known: serverWith(pay, 'read') }, start);
      for (const step of steps) {
        state = after(state, step);
        const fresh = analyze({ text: state.text, ...state.known });
        const compilation = compilePolicy(state.text, compiled);
        expect(analyze({ text: state.text, ...state.known, compilation, memory })).toEqual(fresh);
      }
    }),
    // With any one condition of the memory taken out this fails, within 54 runs in each of 64 tries.
    { numRuns: 120 },
  );
});
