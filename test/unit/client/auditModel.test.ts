import { describe, expect, it } from 'vitest';
import { AuditModel } from '../../../client/src/webview/audit/model.ts';
import type { DecisionRecord, OutcomeRecord } from '../../../server/src/protocol/audit.ts';

const started = Date.parse('2026-05-04T10:00:00Z');

describe('the audit model', () => {
  it('keeps decisions in the order in which they came', () => {
    const model = new AuditModel();
    model.add(decision('a'), started);
    model.add(decision('b'), started);
    expect(model.rows.map((row) => row.id)).toEqual(['a', 'b']);
  });

  it('joins an outcome with its decision', () => {
    const model = new AuditModel();
    model.add(decision('a'), started);
    expect(model.add(outcome('a'), started)).toMatchObject({ id: 'a', outcome: 'error' });
    expect(model.rows).toHaveLength(1);
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

  it('keeps the newest ten thousand', () => {
    const model = new AuditModel();
    for (let index = 0; index < 10_001; index += 1) model.add(decision(String(index)), started);
    expect(model.size).toBe(10_000);
    expect(model.row('0')).toBeUndefined();
    expect(model.row('10000')).toBeDefined();
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
