import { describe, expect, it } from 'vitest';
import type { AuditRow, PackedRows } from '../../../client/src/webview/audit/messages.ts';
import { pack } from '../../../client/src/webview/audit/pack.ts';
import { noFilter } from '../../../client/webview/audit/filter.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';

describe('the rows of the audit page', () => {
  it('shows the newest first', () => {
    const rows = new Rows();
    rows.add(pack([row('a'), row('b')]));
    expect([rows.at(0)?.id, rows.at(1)?.id, rows.at(2)]).toEqual(['b', 'a', undefined]);
    expect(rows.indexOf('a')).toBe(1);
    expect(rows.indexOf('absent')).toBe(-1);
  });

  it('says which new rows are shown', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied', text: '' }, NOW);
    const fresh = rows.add(pack([row('a'), row('b', { decision: 'deny' })]));
    expect(fresh.map((call) => rows.made(call).id)).toEqual(['b']);
    expect([rows.length, rows.total]).toEqual([1, 2]);
  });

  it('replaces a row that changed, without calling it new', () => {
    const rows = new Rows();
    rows.add(pack([row('a')]));
    expect(rows.add(pack([row('a', { outcome: 'ok' })]))).toEqual([]);
    expect(rows.at(0)?.outcome).toBe('ok');
  });

  it('takes a call and its outcome in one batch for one new row', () => {
    const rows = new Rows();
    expect(rows.add(pack([row('a'), row('a', { outcome: 'ok' })]))).toHaveLength(1);
    expect(rows.at(0)?.outcome).toBe('ok');
  });

  it('counts a refused approval among the denied', () => {
    const rows = new Rows();
    rows.add(pack([row('a', { decision: 'pending', outcome: 'refused' }), row('b', { decision: 'pending' })]));
    rows.setFilter({ ...noFilter, decision: 'denied', text: '' }, NOW);
    expect(rows.at(0)?.id).toBe('a');
    expect(rows.length).toBe(1);
  });

  it.each(['WRITE', 'write notes', 'critical', '  only .md '])('finds %j in any column, in any case', (text) => {
    const rows = new Rows();
    rows.add(pack([row('a', { tool: 'write_file', risk: 'critical', message: 'Only .md notes.' }), row('b')]));
    rows.setFilter({ ...noFilter, decision: 'all', text }, NOW);
    expect(rows.length).toBe(1);
    expect(rows.at(0)?.id).toBe('a');
  });

  it('looks for a word in the column that is named', () => {
    const rows = new Rows();
    rows.add(pack([row('a', { tool: 'write_file' }), row('b', { message: 'write' })]));
    rows.setFilter({ ...noFilter, text: 'tool:WRITE' }, NOW);
    expect(ids(rows)).toEqual(['a']);
  });

  it('shows the last hour only, and of it the range that is chosen, which leaves the chart whole', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, span: '1h', range: { from: NOW - 60_000, to: NOW } }, NOW);
    rows.add(
      pack([row('old', { at: NOW - 2 * HOUR }), row('half', { at: NOW - HOUR / 2 }), row('new', { at: NOW - 1 })]),
    );
    expect(ids(rows)).toEqual(['new']);
    expect(rows.matching.map((call) => rows.made(call).id)).toEqual(['half', 'new']);
  });

  it('takes a row in that comes to match, where it belongs, and out when it matches no more', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied' }, NOW);
    rows.add(pack([row('a', { decision: 'pending' }), row('b', { decision: 'deny' })]));
    rows.add(pack([row('a', { decision: 'pending', outcome: 'refused' })]));
    expect(ids(rows)).toEqual(['b', 'a']);
    expect(rows.indexOf('a')).toBe(1);
    rows.add(pack([row('b')]));
    expect(ids(rows)).toEqual(['a']);
  });

  it('keeps the row that did not change the same object, and makes the changed one anew', () => {
    const rows = new Rows();
    rows.add(pack([row('a'), row('b')]));
    const [newest, oldest] = [rows.at(0), rows.at(1)];
    rows.add(pack([row('b', { outcome: 'ok', latencyMs: 3.5 })]));
    expect(rows.at(1)).toBe(oldest);
    expect(rows.at(0)).not.toBe(newest);
    expect(rows.at(0)).toEqual(row('b', { outcome: 'ok', latencyMs: 3.5 }));
  });

  it('takes pieces of older rows, each before the one that came earlier, and new rows after all', () => {
    const rows = new Rows();
    const piece = (from: number, to: number): PackedRows =>
      pack(Array.from({ length: to - from }, (_, index) => row(String(from + index), { at: from + index })));
    rows.addOlder(piece(2_000, 3_000));
    rows.add(piece(3_000, 3_001));
    rows.addOlder(piece(1_000, 2_001));
    rows.addOlder(piece(0, 1_000));
    rows.add(pack([row('500', { at: 500, outcome: 'ok' })]));
    expect(ids(rows)).toEqual(Array.from({ length: 3_001 }, (_, index) => String(3_000 - index)));
    expect(rows.at(2_500)).toEqual(row('500', { at: 500, outcome: 'ok' }));
    expect(rows.indexOf('1')).toBe(2_999);
  });

  it('holds older rows to its filter and its range, and takes as many as there is room for', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied', range: { from: 10, to: 20 } }, NOW);
    const denied = { decision: 'deny' } as const;
    rows.add(pack(Array.from({ length: 99_998 }, (_, index) => row(String(index)))));
    rows.addOlder(
      pack([row('x', { ...denied, at: 15 }), row('y', { ...denied, at: 25 }), row('z', { ...denied, at: 15 })]),
    );
    expect(rows.total).toBe(100_000);
    expect(ids(rows)).toEqual(['z']);
    expect(rows.matching.map((call) => rows.made(call).id)).toEqual(['y', 'z']);
  });

  it('knows when texts of calls that are gone have piled up, and begins anew', () => {
    const rows = new Rows();
    const { rows: packed } = pack([row('a')]);
    rows.add({ texts: Array.from({ length: 400_001 }, (_, index) => String(index)), rows: packed });
    expect(rows.isWasteful).toBe(true);
    rows.clear();
    expect([rows.isWasteful, rows.total]).toEqual([false, 0]);
  });

  it('lets go of the oldest beyond a hundred thousand, also of those that the filter shows', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied' }, NOW);
    rows.add(pack([row('first', { decision: 'deny' }), row('second', { decision: 'deny' })]));
    rows.add(pack(Array.from({ length: 99_999 }, (_, index) => row(String(index)))));
    expect(rows.total).toBe(100_000);
    expect(ids(rows)).toEqual(['second']);
    expect(rows.indexOf('first')).toBe(-1);
  });
});

const HOUR = 3_600_000;
const NOW = 100 * HOUR;

const ids = (rows: Rows): readonly string[] =>
  Array.from({ length: rows.length }, (_, index) => rows.at(index)?.id ?? '');

function row(id: string, change: Partial<AuditRow> = {}): AuditRow {
  return {
    ...{ id, at: 0, client: 'test', server: 'files', tool: 'read', category: 'Read', risk: 'low' },
    ...{ decision: 'allow', rule: '', message: '' },
    ...change,
  };
}
