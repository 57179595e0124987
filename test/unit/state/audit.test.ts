import { DatabaseSync } from 'node:sqlite';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { encodeLine, openState, type State } from '../../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../../support/folder.ts';
import { decided, ended } from './records.ts';

/** Changes the database behind the state's back, as someone with an SQLite shell would. */
function tamper(folder: Folder, sql: string): void {
  const database = new DatabaseSync(folder.file('portcullis.db'));
  database.exec(`DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete; ${sql}`);
  database.close();
}

function append(state: State, count: number): void {
  for (let index = 0; index < count; index++) state.audit.append(decided({ tool: `tool-${String(index + 1)}` }));
}

describe('the audit chain', () => {
  it('numbers and links decisions and outcomes in one chain', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path, { clock: () => Date.UTC(2026, 10, 22, 8, 30) });

    const first = state.audit.append(decided({ id: 'a' }));
    const second = state.audit.append(ended('a'));

    expect(first).toMatchObject({ kind: 'decision', seq: 1, at: '2026-11-22T08:30:00.000Z', prev: '0'.repeat(64) });
    expect(second).toMatchObject({ kind: 'outcome', seq: 2, of: 'a', prev: first.hash });
    expect(state.audit.read({})).toEqual([first, second]);
    expect(state.audit.verify()).toEqual({ ok: true, records: 2 });
    await state.close();
  });

  it('goes on where the last process stopped', async () => {
    await using folder = await makeFolder();
    const before = openState(folder.path);
    append(before, 3);
    await before.close();

    const state = openState(folder.path);
    expect(state.audit.append(decided()).seq).toBe(4);
    expect(state.audit.verify()).toEqual({ ok: true, records: 4 });
    await state.close();
  });

  it('refuses to change or delete a record', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    append(state, 1);
    const database = new DatabaseSync(folder.file('portcullis.db'));

    expect(() => database.exec(`UPDATE audit SET record = '{}'`)).toThrow('never changed');
    expect(() => database.exec('DELETE FROM audit')).toThrow('never deleted');
    database.close();
    await state.close();
  });

  it.each([
    [
      'a changed record',
      `UPDATE audit SET record = replace(record, 'tool-3', 'tool-x') WHERE seq = 3`,
      3,
      'was changed',
    ],
    [
      'a key added before the hash',
      `UPDATE audit SET record = replace(record, ',"hash"', ',"tool":"x","hash"') WHERE seq = 3`,
      3,
      'was changed',
    ],
    ['a line with something behind it', `UPDATE audit SET record = record || ' ' WHERE seq = 3`, 3, 'was changed'],
    ['a missing record', 'DELETE FROM audit WHERE seq = 2', 2, 'Record 2 is missing'],
    ['the first one missing', 'DELETE FROM audit WHERE seq = 1', 1, 'Record 1 is missing'],
    ['a cut tail', 'DELETE FROM audit WHERE seq >= 4', 4, 'Records 4 to 5 are missing at the end'],
    ['an emptied log', 'DELETE FROM audit', 1, 'Records 1 to 5 are missing at the end'],
    [
      'a copy in the place of another',
      'UPDATE audit SET record = (SELECT record FROM audit WHERE seq = 2) WHERE seq = 3',
      3,
      'does not follow',
    ],
    ['a shifted log', 'DELETE FROM audit WHERE seq = 1; UPDATE audit SET seq = seq - 1', 1, 'does not follow'],
  ])('notices %s', async (_, sql, seq, problem) => {
    await using folder = await makeFolder();
    const before = openState(folder.path);
    append(before, 5);
    await before.close();

    tamper(folder, sql);

    const state = openState(folder.path);
    expect(state.audit.verify()).toMatchObject({
      ok: false,
      seq,
      records: seq - 1,
      problem: expect.stringContaining(problem) as string,
    });
    await state.close();
  });

  it('keeps saying that the tail was cut when new records are written over it', async () => {
    await using folder = await makeFolder();
    const before = openState(folder.path);
    append(before, 5);
    await before.close();
    tamper(folder, 'DELETE FROM audit WHERE seq >= 4');

    const state = openState(folder.path);
    append(state, 4);

    expect(state.audit.newest()).toBe(7);
    expect(state.audit.verify()).toMatchObject({
      ok: false,
      seq: 5,
      problem: expect.stringContaining('cut here') as string,
    });
    await state.close();
  });

  it('notices a head that is gone, forged, or moved back by hand', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    append(state, 2);
    await state.close();
    const head = await readFile(folder.file('audit.head'), 'utf8');

    await writeFile(folder.file('audit.head'), head.replace('"seq":2', '"seq":1'));
    const forged = openState(folder.path);
    expect(forged.audit.verify()).toMatchObject({
      ok: false,
      problem: expect.stringContaining('audit.head') as string,
    });
    await forged.close();

    await rm(folder.file('audit.head'));
    const gone = openState(folder.path);
    append(gone, 1);
    expect(gone.audit.verify()).toMatchObject({ ok: false, problem: expect.stringContaining('is missing') as string });
    await gone.close();
  });

  it('forgives a head that lags behind, as after a kill between commit and head', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    append(state, 1);
    expect(state.audit.verify().ok).toBe(true);
    await copyFile(folder.file('audit.head'), folder.file('old.head'));
    append(state, 2);
    await state.close();
    await copyFile(folder.file('old.head'), folder.file('audit.head'));

    const later = openState(folder.path);
    expect(later.audit.verify()).toEqual({ ok: true, records: 3 });
    append(later, 1);
    expect(later.audit.verify()).toEqual({ ok: true, records: 4 });
    expect(JSON.parse(await readFile(folder.file('audit.head'), 'utf8'))).toMatchObject({ seq: 4 });
    await later.close();
  });
});

describe('reading the audit log', () => {
  it('filters by each field, and finds an outcome by its decision', async () => {
    await using folder = await makeFolder();
    let now = Date.UTC(2026, 0, 1);
    const state = openState(folder.path, { clock: () => now });
    state.audit.append(decided({ id: 'a', tool: 'read', decision: 'allow', rule: '' }));
    state.audit.append(decided({ id: 'b', tool: 'write', server: 'memory', grant: 'ci' }));
    now += 1_000;
    state.audit.append(ended('b', { outcome: 'error' }));
    state.audit.append(ended('a'));
    const seqs = (query: Parameters<State['audit']['read']>[0]) => state.audit.read(query).map(({ seq }) => seq);

    expect(seqs({})).toEqual([1, 2, 3, 4]);
    expect(seqs({ tool: 'read' })).toEqual([1, 4]);
    expect(seqs({ server: 'memory' })).toEqual([2, 3]);
    expect(seqs({ grant: 'ci' })).toEqual([2, 3]);
    expect(seqs({ decision: 'allow' })).toEqual([1, 4]);
    expect(seqs({ since: now })).toEqual([3, 4]);
    expect(seqs({ after: 1, limit: 2 })).toEqual([3, 4]);
    expect(seqs({ after: 1, first: 2 })).toEqual([2, 3]);
    expect(seqs({ tool: 'read', server: 'memory' })).toEqual([]);
    await state.close();
  });

  it('takes a filter literally', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const tool = `'; DROP TABLE audit; --`;
    state.audit.append(decided({ tool }));
    append(state, 1);

    expect(state.audit.read({ tool })).toHaveLength(1);
    expect(state.audit.read({ tool: '%' })).toEqual([]);
    await state.close();
  });

  it('keeps hostile names on one line, without losing a character', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const tool = 'a\n\u0000\u001b[31m\u0085\u2028\u202e\ufeff\u{e0041}\ud800 é 名';

    expect(state.audit.append(decided({ tool })).kind).toBe('decision');

    const [record] = state.audit.read({});
    expect(record).toMatchObject({ tool });
    expect(encodeLine(record)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(JSON.parse(encodeLine(record))).toEqual(record);
    expect(state.audit.verify()).toEqual({ ok: true, records: 1 });
    await state.close();
  });
});
