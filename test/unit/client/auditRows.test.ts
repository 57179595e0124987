import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../client/src/webview/audit/messages.ts';
import { noFilter } from '../../../client/webview/audit/filter.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';

describe('the rows of the audit page', () => {
  it('shows the newest first', () => {
    const rows = new Rows();
    rows.add([row('a'), row('b')]);
    expect([rows.at(0)?.id, rows.at(1)?.id, rows.at(2)]).toEqual(['b', 'a', undefined]);
    expect(rows.indexOf('a')).toBe(1);
    expect(rows.indexOf('absent')).toBe(-1);
  });

  it('says which new rows are shown', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied', text: '' }, NOW);
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
    rows.setFilter({ ...noFilter, decision: 'denied', text: '' }, NOW);
    expect(rows.at(0)?.id).toBe('a');
    expect(rows.length).toBe(1);
  });

  it.each(['WRITE', 'write notes', 'critical', '  only .md '])('finds %j in any column, in any case', (text) => {
    const rows = new Rows();
    rows.add([row('a', { tool: 'write_file', risk: 'critical', message: 'Only .md notes.' }), row('b')]);
    rows.setFilter({ ...noFilter, decision: 'all', text }, NOW);
    expect(rows.length).toBe(1);
    expect(rows.at(0)?.id).toBe('a');
  });

  it('looks for a word in the column that is named', () => {
    const rows = new Rows();
    rows.add([row('a', { tool: 'write_file' }), row('b', { message: 'write' })]);
    rows.setFilter({ ...noFilter, text: 'tool:WRITE' }, NOW);
    expect(ids(rows)).toEqual(['a']);
  });

  it('shows the last hour only, and of it the range that is chosen, which leaves the chart whole', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, span: '1h', range: { from: NOW - 60_000, to: NOW } }, NOW);
    rows.add([row('old', { at: NOW - 2 * HOUR }), row('half', { at: NOW - HOUR / 2 }), row('new', { at: NOW - 1 })]);
    expect(ids(rows)).toEqual(['new']);
    expect(rows.matching.map(({ id }) => id)).toEqual(['half', 'new']);
  });

  it('takes a row in that comes to match, where it belongs, and out when it matches no more', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied' }, NOW);
    rows.add([row('a', { decision: 'pending' }), row('b', { decision: 'deny' })]);
    rows.add([row('a', { decision: 'pending', outcome: 'refused' })]);
    expect(ids(rows)).toEqual(['b', 'a']);
    expect(rows.indexOf('a')).toBe(1);
    rows.add([row('b')]);
    expect(ids(rows)).toEqual(['a']);
  });

  it('lets go of the oldest beyond a hundred thousand, also of those that the filter shows', () => {
    const rows = new Rows();
    rows.setFilter({ ...noFilter, decision: 'denied' }, NOW);
    rows.add([row('first', { decision: 'deny' }), row('second', { decision: 'deny' })]);
    rows.add(Array.from({ length: 99_999 }, (_, index) => row(String(index))));
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
