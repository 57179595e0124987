/** Letting a call through: its counters and its record go to disk together, and how it ended follows. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openState } from '../../../server/src/state/index.ts';
import type { AuditRecord } from '../../../server/src/protocol/audit.ts';
import { makeFolder } from '../../support/folder.ts';
import { quota } from './charges.ts';
import { decided, ended } from './records.ts';

const noon = Date.UTC(2026, 10, 22, 12);

describe('admitting a call', () => {
  it('reserves and records, or refuses and does neither', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);

    const admitted: boolean[] = [];
    for (let call = 0; call < 3; call++) admitted.push((await state.admit([quota('a', 2)], noon, decided())).ok);

    expect(admitted).toEqual([true, true, false]);
    expect(state.audit.newest()).toBe(2);
    await state.close();
  });

  it('decides on calls of one moment together, in the order in which they came', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);

    const calls = Array.from({ length: 100 }, (_, index) =>
      state.admit([quota('a', 40)], noon, decided({ id: String(index) })),
    );
    const admitted = (await Promise.all(calls)).map(({ ok }) => ok);

    expect(admitted).toEqual(calls.map((_, index) => index < 40));
    expect(state.audit.read({}).map((record) => 'id' in record && record.id)).toEqual(
      Array.from({ length: 40 }, (_, index) => String(index)),
    );
    expect(state.audit.verify()).toEqual({ ok: true, records: 40 });
    await state.close();
  });

  it('rejects only the one of them that cannot be recorded', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const other = new DatabaseSync(folder.file('portcullis.db'));
    other.exec(
      `CREATE TRIGGER refuse BEFORE INSERT ON audit WHEN NEW.record LIKE '%odd%' BEGIN SELECT RAISE(ABORT, 'not this one'); END`,
    );
    other.close();

    const calls = ['a', 'odd', 'b'].map((id) => state.admit([quota('a', 2)], noon, decided({ id })));
    const settled = await Promise.allSettled(calls);

    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(state.audit.verify()).toEqual({ ok: true, records: 2 });
    await state.close();
  });

  it('decides on those that wait when it is closed', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const waiting = state.admit([quota('a', 1)], noon, decided());

    await state.close();

    expect((await waiting).ok).toBe(true);
  });

  it('reserves nothing where the record cannot be written', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const other = new DatabaseSync(folder.file('portcullis.db'));
    other.exec(`CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no more records'); END`);

    await expect(state.admit([quota('a', 1)], noon, decided())).rejects.toThrow('no more records');
    other.exec('DROP TRIGGER refuse');
    other.close();

    expect((await state.admit([quota('a', 1)], noon, decided())).ok).toBe(true);
    await state.close();
  });

  it('is on disk when it resolves, for another process to see', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    await state.admit([quota('a', 1)], noon, decided({ id: 'a' }));

    const other = openState(folder.path);
    expect(other.audit.read({})).toMatchObject([{ id: 'a' }]);
    expect((await other.admit([quota('a', 1)], noon, decided())).ok).toBe(false);
    await other.close();
    await state.close();
  });
});

describe('noting how a call ended', () => {
  it('writes it with the next record, in the order in which it came, at the time at which it came', async () => {
    await using folder = await makeFolder();
    let now = noon;
    const state = openState(folder.path, { clock: () => now });
    const told: AuditRecord[] = [];
    state.audit.listen((record) => told.push(record));
    state.audit.append(decided({ id: 'a' }));

    state.audit.note(ended('a'));
    now += 5;
    expect(told).toHaveLength(1);
    await state.admit([], now, decided({ id: 'b' }));

    expect(told.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'decision'],
      [2, 'outcome'],
      [3, 'decision'],
    ]);
    expect(told[1]?.at).toBe(new Date(noon).toISOString());
    expect(state.audit.verify()).toEqual({ ok: true, records: 3 });
    await state.close();
  });

  it('writes it without a next record too: soon, before reading, and before closing', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const written = new Promise<AuditRecord>((resolve) => state.audit.listen(resolve));
    state.audit.note(ended('soon'));
    expect(await written).toMatchObject({ seq: 1, of: 'soon' });

    state.audit.note(ended('read'));
    expect(state.audit.read({})).toHaveLength(2);
    state.audit.note(ended('closed'));
    await state.close();

    const later = openState(folder.path);
    expect(later.audit.verify()).toEqual({ ok: true, records: 3 });
    await later.close();
  });

  it('keeps one that cannot be written for the next record', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const other = new DatabaseSync(folder.file('portcullis.db'));
    other.exec(`CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no more records'); END`);
    state.audit.note(ended('a'));
    expect(state.audit.read({})).toEqual([]);

    other.exec('DROP TRIGGER refuse');
    other.close();
    state.audit.append(decided());
    expect(state.audit.read({}).map(({ kind }) => kind)).toEqual(['outcome', 'decision']);
    await state.close();
  });
});

describe('a chain that another process goes on with', () => {
  it('is taken up at its end', async () => {
    await using folder = await makeFolder();
    const [one, other] = [openState(folder.path), openState(folder.path)];

    one.audit.append(decided());
    other.audit.append(decided());
    other.audit.append(decided());
    one.audit.note(ended('a'));

    expect(one.audit.append(decided()).seq).toBe(5);
    expect(one.audit.verify()).toEqual({ ok: true, records: 5 });
    await one.close();
    await other.close();
    const later = openState(folder.path);
    expect(later.audit.verify()).toEqual({ ok: true, records: 5 });
    await later.close();
  });

  it('is not mended where somebody has taken records out of it', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    for (let index = 0; index < 4; index++) state.audit.append(decided());
    const shell = new DatabaseSync(folder.file('portcullis.db'));
    shell.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq >= 3');
    shell.close();

    state.audit.append(decided());

    expect(state.audit.verify()).toMatchObject({ ok: false, seq: 3 });
    await state.close();
  });
});
