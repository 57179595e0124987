import { describe, expect, it } from 'vitest';
import { findings, policy, serverWith, underlined } from '../support.ts';

const code = 'pattern-matches-nothing';
const known = serverWith('get_a', 'get_b');

describe(code, () => {
  it('points at patterns of "tools" and "hide" that fit no tool', () => {
    const text = policy({ hide: ['drop_*', 'get_b*'], tools: { 'gte_*': {}, 'get_*': {} } });
    expect(findings(code, text, known).map((found) => underlined(text, found))).toEqual(['"drop_*"', '"gte_*"']);
  });

  it('is silent without a list', () => {
    expect(findings(code, policy({ tools: { 'gte_*': {} } }))).toEqual([]);
  });
});
