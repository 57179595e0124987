import { describe, expect, it } from 'vitest';
import { AuditModel } from '../../../client/src/webview/audit/model.ts';
import { pack } from '../../../client/src/webview/audit/pack.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';
import type { DecisionRecord, OutcomeRecord } from '../../../server/src/protocol/audit.ts';

const ROW = ['id', 'at', 'client', 'server', 'tool', 'category', 'risk', 'decision', 'rule', 'message'];

const started = Date.parse('2026-05-04T10:00:00Z');

describe('the audit model', () => {
  it('keeps decisions in the order in which they came', () => {
    const model = new AuditModel();
    model.add(decision('a'), started);
    model.add(decision('b'), started);
    expect([...model.calls()].map((call) => call.id)).toEqual(['a', 'b']);
  });

  it('joins an outcome with its decision', () => {
    const model = new AuditModel();
    model.add(decision('a'), started);
    expect(model.add(outcome('a'), started)).toMatchObject({ id: 'a', outcome: 'error' });
    expect(model.size).toBe(1);
  });

  it('ignores what a reopened stream tells again', () => {
    const model = new AuditModel();
    model.add(decision('a', { decision: 'deny' }), started);
    expect(model.add(decision('a', { decision: 'deny' }), started)).toBeUndefined();
    expect(model.denied).toBe(1);
  });

  it('counts denials since the gateway started, and not its history', () => {
    const model = new AuditModel();
    model.add(decision('old', { decision: 'deny', at: '2026-05-03T10:00:00.000Z' }), started);
    model.add(decision('new', { decision: 'deny' }), started);
    model.add(decision('fine'), started);
    expect(model.denied).toBe(1);
    expect(model.unseen).toBe(1);
  });

  it('counts denials by tool from a moment on', () => {
    const model = new AuditModel();
    model.add(decision('old', { decision: 'deny', at: '2026-05-03T10:00:00.000Z' }), started);
    model.add(decision('a', { decision: 'deny', tool: 'pay' }), started);
    model.add(decision('b', { decision: 'deny', tool: 'pay' }), started);
    model.add(decision('c', { decision: 'deny', tool: 'get', server: 'bank' }), started);
    model.add(decision('fine'), started);
    expect(model.denialsSince(started).map(({ server, tool, count }) => `${server} ${tool} ${count}`)).toEqual([
      expect.stringMatching(/ pay 2$/),
      'bank get 1',
    ]);
  });

  it('forgets what was seen, and still knows how many were denied', () => {
    const model = new AuditModel();
    model.add(decision('a', { decision: 'deny' }), started);
    model.markSeen();
    expect(model.unseen).toBe(0);
    expect(model.denied).toBe(1);
  });

  it('keeps the newest hundred thousand, and lets go of the oldest a thousand at a time', () => {
    const model = new AuditModel();
    for (let index = 0; index < 101_001; index += 1) model.add(decision(String(index)), started);
    expect(model.size).toBe(100_000);
    expect(model.call('1000')).toBeUndefined();
    expect(model.call('1001')).toBeDefined();
    expect(model.call('101000')).toBeDefined();
  });

  it('puts older calls before those that are here, and counts none of them as new', () => {
    const model = new AuditModel();
    model.add(decision('b', { seq: 3 }), started);
    model.add(outcome('b'), started);
    expect(model.mayHaveOlder).toBe(true);
    const older = new AuditModel();
    for (const id of ['a', 'b']) older.add(decision(id, { decision: 'deny' }), Number.POSITIVE_INFINITY);
    model.prepend(older);
    expect([...model.calls()].map(({ id }) => id)).toEqual(['a', 'b']);
    expect(model.call('b')).toMatchObject({ decision: 'allow', outcome: 'error' });
    expect(model.denied).toBe(0);
    expect(model.mayHaveOlder).toBe(false);
  });

  it('keeps how a call ended, and sends none of the details with its row', () => {
    const model = new AuditModel();
    model.add(decision('a', { policy: 'abc', argKeys: ['path'] }), started);
    const call = model.add({ ...outcome('a'), latencyMs: 12.5, redacted: 2 }, started);
    expect(call).toMatchObject({ policy: 'abc', argKeys: ['path'], latencyMs: 12.5, end: { redacted: 2 } });
    const rows = new Rows();
    rows.add(pack(call ? [call] : []));
    expect(Object.keys(rows.at(0) ?? {}).sort()).toEqual([...ROW, 'outcome', 'latencyMs'].sort());
  });
});

function decision(id: string, change: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    ...{ kind: 'decision', id, seq: 1, at: '2026-05-04T10:00:01.000Z', prev: '', hash: '' },
    ...{ grant: 'local', client: 'test', session: 's', server: 'files', method: 'tools/call', tool: 'read' },
    ...{
      decision: 'allow',
      rule: '',
      message: '',
      policy: '',
      argKeys: [],
      argsHmac: '',
      category: 'Read',
      risk: 'low',
    },
    ...change,
  };
}

const outcome = (of: string): OutcomeRecord => ({
  ...{ kind: 'outcome', of, outcome: 'error' },
  ...{ seq: 2, at: '2026-05-04T10:00:02.000Z', prev: '', hash: '' },
});
