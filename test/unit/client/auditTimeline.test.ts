import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../client/src/webview/audit/messages.ts';
import { pack } from '../../../client/src/webview/audit/pack.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';
import { BUCKETS, timeline, type Bucket } from '../../../client/webview/audit/timeline.ts';

const MINUTE = 60_000;
const until = Date.parse('2026-05-04T10:00:30Z');

describe('calls over time', () => {
  it('counts calls and denials in bars of equal length, the last of which holds the end', () => {
    const bars = barsOf([call(0), call(0, 'deny'), call(5 * MINUTE)], 59 * MINUTE, until);
    expect(bars).toHaveLength(BUCKETS);
    expect(bars.at(-1)).toEqual({ from: until - 30_000, to: until + 30_000, calls: 2, denied: 1 });
    expect(bars.at(-6)).toMatchObject({ calls: 1, denied: 0 });
    expect(bars.every(({ from, to }) => to - from === MINUTE)).toBe(true);
  });

  it('reaches to the oldest call where no span is set', () => {
    const bars = barsOf([call(26 * 60 * MINUTE), call(0)], Number.POSITIVE_INFINITY, until);
    expect(bars.reduce((sum, { calls }) => sum + calls, 0)).toBe(2);
    expect((bars[0]?.to ?? 0) - (bars[0]?.from ?? 0)).toBe(30 * MINUTE);
  });

  it('leaves out what lies before the span', () => {
    expect(barsOf([call(2 * 60 * MINUTE)], 59 * MINUTE, until).every(({ calls }) => calls === 0)).toBe(true);
  });

  it('counts in whole days where months are looked at, and in seconds where all happened at once', () => {
    const months = barsOf([call(200 * 24 * 60 * MINUTE), call(0)], Number.POSITIVE_INFINITY, until);
    expect((months[0]?.to ?? 0) - (months[0]?.from ?? 0)).toBe(4 * 24 * 60 * MINUTE);
    expect(barsOf([call(0)], Number.POSITIVE_INFINITY, until).at(-1)).toMatchObject({ calls: 1, to: until + 1_000 });
  });
});

function barsOf(given: readonly AuditRow[], span: number, end: number): readonly Bucket[] {
  const rows = new Rows();
  rows.add(pack(given));
  return timeline(rows.calls, rows.matching, span, end);
}

/** `age`: milliseconds before the end. */
function call(age: number, decision: AuditRow['decision'] = 'allow'): AuditRow {
  return {
    ...{ id: randomUUID(), at: until - age, client: '', server: 'files', tool: 'read', category: '', risk: '' },
    ...{ decision, rule: '', message: '' },
  };
}
