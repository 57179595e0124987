/** While something of a document is wrong, what is sound in it is examined nevertheless. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../server/src/analysis/index.ts';
import { policy, serverWith, tool } from './support.ts';

const known = serverWith(tool('pay', { amount: { type: 'number' } }), 'read');
const codes = (text: string): readonly string[] => analyze({ text, ...known }).map(({ code }) => code);
const wrongPath = { deny_if: [{ path: 'args.amuont', op: 'gt', value: 1 }] };

describe('a document with a mistake', () => {
  it('in another entry', () => {
    expect(codes(policy({ tools: { read: { denyif: [] }, pay: wrongPath } }))).toEqual([
      'unknown-key',
      'unknown-argument',
    ]);
  });

  it('at its root', () => {
    expect(codes(policy({ tols: {}, tools: { pay: wrongPath } }))).toEqual(['unknown-key', 'unknown-argument']);
    expect(codes(JSON.stringify({ version: '1', tools: { pay: wrongPath } }))).toEqual([
      'missing-key',
      'unknown-argument',
    ]);
  });

  it('in hide', () => {
    expect(codes(policy({ hide: [1, 'pya'], tools: { pay: wrongPath } }))).toEqual(['wrong-type', 'unknown-argument']);
  });

  it('in the same entry: nothing else is said of it', () => {
    const [condition] = wrongPath.deny_if;
    expect(codes(policy({ tools: { pay: { deny_if: [{ ...condition, op: 'gtt' }, condition] } } }))).toEqual([
      'invalid-value',
    ]);
  });

  it('says nothing that the mistake could be the reason for', () => {
    expect(codes(policy({ tols: { pay: {} } }))).toEqual(['unknown-key']);
    expect(codes(policy({ tools: 5 }))).toEqual(['wrong-type']);
  });

  it('says nothing of what is no JSON', () => {
    expect(codes(`${policy({ tools: { pay: wrongPath } })}}`)).toEqual(['json-syntax']);
  });
});

describe('good policies', () => {
  it.each(['filesystem', 'memory'])('the example %s has no finding', (name) => {
    expect(analyze({ text: readFileSync(`examples/${name}/policy.json`, 'utf8') })).toEqual([]);
  });
});
