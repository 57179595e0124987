import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { openState } from '../../server/src/state/index.ts';
import type { Decided } from '../../server/src/protocol/audit.ts';
import { jsonLines, portcullis } from '../support/cli.ts';
import { attribute, logsOf, type LogsRequest } from '../gateway/support/collector.ts';
import { makeFolder, type Folder } from '../support/folder.ts';

function decided(id: string, change: Partial<Decided> = {}): Decided {
  return {
    kind: 'decision',
    id,
    grant: 'local',
    client: 'agent',
    session: 's1',
    server: 'files',
    method: 'tools/call',
    tool: 'write_file',
    decision: 'allow',
    rule: '',
    message: '',
    policy: '0123456789ab',
    argKeys: ['path'],
    argsHmac: '',
    category: 'Write',
    risk: 'medium',
    ...change,
  };
}

describe('portcullis audit', () => {
  let folder: Folder;

  beforeAll(async () => {
    folder = await makeFolder();
    const state = openState(folder.file('state'));
    state.audit.append(decided('a'));
    state.audit.append({ kind: 'outcome', of: 'a', outcome: 'ok', latencyMs: 12.4 });
    state.audit.append(
      decided('b', { decision: 'deny', rule: '(hidden)', tool: 'move\u202Efile', message: '=1+1, "x"' }),
    );
    await state.close();
  });

  afterAll(() => folder[Symbol.asyncDispose]());

  const audit = (...args: string[]) => portcullis(['audit', ...args, '--state', folder.file('state')]);

  test('lists decisions with how the calls ended', async () => {
    const { code, out } = await audit('list');
    expect(code).toBe(0);
    expect(out).toMatch(/files +agent +write_file +allow +ok 12 ms/);
    expect(out).toMatch(/deny +\(hidden\)/);
  });

  test('shows what a name hides', async () => {
    const { out } = await audit('list');
    expect(out).toContain('move\\u{202E}file');
    expect(out).not.toContain('\u202E');
  });

  test('filters, for programs', async () => {
    const { out } = await audit('list', '--decision', 'deny', '--format', 'json', '--since', '1h');
    expect(jsonLines(out)).toMatchObject([{ id: 'b', rule: '(hidden)' }]);
  });

  test('keeps only the newest', async () => {
    const { out } = await audit('list', '--limit', '1', '--format', 'json');
    expect(jsonLines(out)).toMatchObject([{ id: 'b' }]);
  });

  test('writes CSV in which nothing is a formula', async () => {
    const { out } = await audit('list', '--format', 'csv');
    expect(out.split('\r\n')).toHaveLength(4);
    expect(out).toContain(`"'=1+1, ""x"""`);
  });

  test('exports the records as they are stored, hashes and all', async () => {
    const { code, out } = await audit('export');
    expect(code).toBe(0);
    expect(jsonLines(out)).toMatchObject([
      { seq: 1, kind: 'decision' },
      { seq: 2, kind: 'outcome', of: 'a' },
      { seq: 3 },
    ]);
    expect(jsonLines((await audit('export', '--decision', 'deny')).out)).toMatchObject([{ id: 'b' }]);
  });

  test('exports CSV in which nothing is a formula', async () => {
    const { out } = await audit('export', '--format', 'csv');
    expect(out.split('\r\n')).toHaveLength(4);
    expect(out).toContain(`"'=1+1, ""x"""`);
  });

  test('exports what OpenTelemetry reads from files', async () => {
    const { out } = await audit('export', '--format', 'otlp');
    const [request, ...more] = jsonLines(out) as LogsRequest[];
    expect(more).toEqual([]);
    const logs = request ? logsOf(request) : [];
    expect(logs.map(({ eventName }) => eventName)).toEqual(
      ['decision', 'outcome', 'decision'].map((kind) => `portcullis.${kind}`),
    );
    expect(logs.map((log) => attribute(log, 'portcullis.rule'))).toEqual(['', undefined, '(hidden)']);
    expect(logs.map((log) => attribute(log, 'portcullis.latency'))).toEqual([undefined, 12.4, undefined]);
  });

  test('exports everything or what the filters leave, not a number of records', async () => {
    expect(await audit('export', '--limit', '1')).toMatchObject({ code: 2, out: '' });
  });

  test('counts decisions by tool, rule, client and hour', async () => {
    const { code, out } = await audit('stats');
    expect(code).toBe(0);
    expect(out).toContain('2 calls: 1 allowed, 1 denied, 0 would have been denied. People were asked 0 times.');
    expect(out).toMatch(/CALLS +ALLOW +DENY +WOULD DENY +ASKED +TOOL\n1 +1 +0 +0 +0 +write_file\n/);
    expect(out).toContain('move\\u{202E}file');
    const [counted] = jsonLines((await audit('stats', '--format', 'json')).out);
    const one = { calls: 1, allow: 0, deny: 1, wouldDeny: 0, pending: 0 };
    expect(counted).toMatchObject({
      total: { calls: 2, allow: 1, deny: 1 },
      decision: [{ name: 'allow' }, { name: 'deny' }],
      rule: [{ name: '(hidden)', ...one }],
      client: [{ name: 'agent', calls: 2 }],
    });
    expect(
      (counted as { hour: { name: string; calls: number }[] }).hour.reduce((sum, { calls }) => sum + calls, 0),
    ).toBe(2);
    const csv = (await audit('stats', '--format', 'csv', '--decision', 'deny')).out;
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'by,name,calls,allow,deny,wouldDeny,pending',
      'decision,deny,1,0,1,0,0',
    ]);
    expect(await audit('stats', '--limit', '1')).toMatchObject({ code: 2, out: '' });
  });

  test('verifies the chain, and names the record that was changed', async () => {
    expect(await audit('verify')).toMatchObject({ code: 0, out: '3 records, the chain is whole.\n' });
    const database = new DatabaseSync(folder.file('state/portcullis.db'));
    for (const { name } of database.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all())
      database.exec(`DROP TRIGGER "${String(name)}"`);
    database.exec(`UPDATE audit SET record = replace(record, '"deny"', '"allow"') WHERE seq = 3`);
    database.close();
    const { code, out } = await audit('verify');
    expect(code).toBe(1);
    expect(out).toContain('it breaks at record 3');
  });

  test('says where it looked when there is no log', async () => {
    const { code, err } = await portcullis(['audit', 'list', '--state', folder.file('nowhere')]);
    expect(code).toBe(2);
    expect(err).toContain(folder.file('nowhere'));
  });
});
