import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, underlined } from '../support.ts';

const code = 'separate-counters';
const limit = (counter: string, more: object = {}) => ({ limits: [{ counter, window: 'day', max: 10, ...more }] });

describe(code, () => {
  it('points at the second counter, and at the first', () => {
    const text = policy({ tools: { send_mail: limit('messages'), send_text: limit('messages') } });
    const found = finding(code, text);
    expect(underlined(text, found)).toBe('"messages"');
    expect(found.related?.[0]?.span.start).toBeLessThan(found.span.start);
    expect(fixed(text, found, 'Name it')).toContain('"counter": "send_text_messages"');
  });

  it('is silent about other windows and scopes, and about names that are their own entry’s', () => {
    const tools = {
      send_mail: limit('m'),
      send_text: limit('m', { window: 'hour' }),
      send_fax: limit('m', { scope: 'server' }),
    };
    expect(findings(code, policy({ tools }))).toEqual([]);
    expect(findings(code, policy({ tools: { Pay: limit('pay_rate'), pay: limit('pay_rate') } }))).toEqual([]);
  });
});
