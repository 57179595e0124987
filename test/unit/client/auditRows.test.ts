import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../client/src/webview/audit/messages.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';

describe('the rows of the audit page', () => {
  it('shows the newest first', () => {
    const rows = new Rows();
    rows.replace([row('a'), row('b')]);
    expect([rows.at(0)?.id, rows.at(1)?.id, rows.at(2)]).toEqual(['b', 'a', undefined]);
    expect(rows.indexOf('a')).toBe(1);
    expect(rows.indexOf('absent')).toBe(-1);
  });

  it('says which new rows are shown', () => {
    const rows = new Rows();
    rows.setFilter({ decision: 'denied', text: '' });
    const fresh = rows.add([row('a'), row('b', { decision: 'deny' })]);
    expect(fresh.map(({ id }) => id)).toEqual(['b']);
    expect([rows.length, rows.total]).toEqual([1, 2]);
  });

  it('replaces a row that changed, without calling it new', () => {
    const rows = new Rows();
    rows.add([row('a')]);
    expect(rows.add([row('a', { outcome: 'ok' })])).toEqual([]);
    expect(rows.at(0)?.outcome).toBe('ok');
  });

  it('takes a call and its outcome in one batch for one new row', () => {
    const rows = new Rows();
    expect(rows.add([row('a'), row('a', { outcome: 'ok' })])).toHaveLength(1);
    expect(rows.at(0)?.outcome).toBe('ok');
  });

  it('counts a refused approval among the denied', () => {
    const rows = new Rows();
    rows.add([row('a', { decision: 'pending', outcome: 'refused' }), row('b', { decision: 'pending' })]);
    rows.setFilter({ decision: 'denied', text: '' });
    expect(rows.at(0)?.id).toBe('a');
    expect(rows.length).toBe(1);
  });

  it.each(['WRITE', 'write notes', 'critical', '  only .md '])('finds %j in any column, in any case', (text) => {
    const rows = new Rows();
    rows.add([row('a', { tool: 'write_file', risk: 'critical', message: 'Only .md notes.' }), row('b')]);
    rows.setFilter({ decision: 'all', text });
    expect(rows.length).toBe(1);
    expect(rows.at(0)?.id).toBe('a');
  });

  it('lets go of the oldest beyond ten thousand', () => {
    const rows = new Rows();
    rows.add(Array.from({ length: 10_002 }, (_, index) => row(String(index))));
    expect(rows.total).toBe(10_000);
    expect(rows.at(9_999)?.id).toBe('2');
  });
});

function row(id: string, change: Partial<AuditRow> = {}): AuditRow {
  return {
    ...{ id, at: 0, client: 'test', server: 'files', tool: 'read', category: 'Read', risk: 'low' },
    ...{ decision: 'allow', rule: '', message: '' },
    ...change,
  };
}
