/** Pruning the audit log by age and size: what is left still verifies, and nothing else can be made to pass for pruning. */
import { copyFile, readFile, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openState, retain, type State } from '../../../server/src/state/index.ts';
import { stateSchema } from '../../../server/src/state/sqlite/schema.ts';
import { makeFolder, type Folder } from '../../support/folder.ts';
import { decided, ended } from './records.ts';

const DAY = 86_400_000;
const start = Date.UTC(2026, 10, 1);

/** One record a day, from the first of November on. */
async function tenDays(folder: Folder): Promise<{ readonly state: State; at(time: number): void }> {
  let now = start;
  const state = openState(folder.path, { clock: () => now });
  for (let day = 0; day < 10; day++) {
    now = start + day * DAY;
    state.audit.append(decided({ tool: `day-${String(day + 1)}` }));
  }
  return { state, at: (time) => void (now = time) };
}

function shell(folder: Folder, sql: string): void {
  const database = new DatabaseSync(folder.file('portcullis.db'));
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

const withoutTriggers = [
  'audit_no_return',
  'audit_no_update',
  'audit_no_delete',
  'checkpoint_forward',
  'checkpoint_no_delete',
]
  .map((name) => `DROP TRIGGER ${name};`)
  .join(' ');

const seqs = (state: State): readonly number[] => state.audit.read({}).map(({ seq }) => seq);

describe('pruning by age', () => {
  it('removes what is older, and leaves a chain that verifies and goes on', async () => {
    await using folder = await makeFolder();
    const { state } = await tenDays(folder);

    expect(state.audit.prune({ maxDays: 3 })).toEqual({ removed: 6 });

    expect(seqs(state)).toEqual([7, 8, 9, 10]);
    const pruned = { seq: 6, at: '2026-11-10T00:00:00.000Z' };
    expect(state.audit.verify()).toEqual({ ok: true, records: 4, pruned });
    expect(state.audit.prune({ maxDays: 3 })).toEqual({ removed: 0 });
    await state.close();

    const later = openState(folder.path, { clock: () => start + 10 * DAY });
    expect(later.audit.append(decided()).seq).toBe(11);
    expect(later.audit.verify()).toEqual({ ok: true, records: 5, pruned });
    await later.close();
  });

  it('may remove every record: the next one still follows the last', async () => {
    await using folder = await makeFolder();
    const { state, at } = await tenDays(folder);
    at(start + 100 * DAY);
    expect(state.audit.prune({ maxDays: 1 }).removed).toBe(10);
    expect(state.audit.newest()).toBe(10);
    await state.close();

    const later = openState(folder.path);
    expect(later.audit.verify()).toMatchObject({ ok: true, records: 0 });
    expect(later.audit.append(ended('gone')).seq).toBe(11);
    expect(later.audit.verify()).toMatchObject({ ok: true, records: 1 });
    await later.close();
  });
});

describe('pruning by size', () => {
  it('removes the oldest until the rest fits', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    for (let count = 0; count < 800; count++) state.audit.append(decided({ message: 'x'.repeat(2_000) }));
    const limits = { maxBytes: 1_048_576 };

    let removed = 0;
    for (let last = -1; last !== 0; removed += last) last = state.audit.prune(limits).removed;

    expect(removed).toBeGreaterThan(300);
    expect(removed).toBeLessThan(600);
    expect(seqs(state).at(0)).toBe(removed + 1);
    expect(seqs(state).at(-1)).toBe(800);
    expect(state.audit.verify()).toMatchObject({ ok: true, records: 800 - removed });
    await state.close();
  });

  it('leaves nothing of what it removed in the file', async () => {
    await using folder = await makeFolder();
    const { state, at } = await tenDays(folder);
    at(start + 100 * DAY);
    state.audit.prune({ maxDays: 1 });
    await state.close();

    const file = await readFile(folder.file('portcullis.db'), 'latin1');
    expect(file).toContain('checkpoint');
    expect(file).not.toContain('day-1');
  });
});

describe('what pruning refuses', () => {
  it('keeps a record that was changed, and says so', async () => {
    await using folder = await makeFolder();
    const { state } = await tenDays(folder);
    shell(
      folder,
      `DROP TRIGGER audit_no_update; UPDATE audit SET record = replace(record, 'day-4', 'day-x') WHERE seq = 4`,
    );

    expect(state.audit.prune({ maxDays: 3 })).toEqual({
      removed: 3,
      problem: expect.stringContaining('Record 4') as string,
    });

    expect(seqs(state).at(0)).toBe(4);
    expect(state.audit.verify()).toMatchObject({ ok: false, seq: 4 });
    await state.close();
  });

  it('removes nothing beside a head that is gone, nor what came after the head', async () => {
    await using folder = await makeFolder();
    const { state } = await tenDays(folder);
    state.audit.newest();
    await copyFile(folder.file('audit.head'), folder.file('old.head'));
    state.audit.append(decided());
    await state.close();

    await rm(folder.file('audit.head'));
    const gone = openState(folder.path, { clock: () => start + 100 * DAY });
    expect(gone.audit.prune({ maxDays: 1 })).toMatchObject({
      removed: 0,
      problem: expect.stringContaining('audit.head') as string,
    });
    await gone.close();

    await copyFile(folder.file('old.head'), folder.file('audit.head'));
    const lagging = openState(folder.path, { clock: () => start + 100 * DAY });
    expect(lagging.audit.prune({ maxDays: 1 })).toEqual({ removed: 10 });
    expect(lagging.audit.verify()).toMatchObject({ ok: true, records: 1 });
    await lagging.close();
  });

  it('cannot be imitated with an SQLite shell without dropping the triggers', async () => {
    await using folder = await makeFolder();
    const { state } = await tenDays(folder);
    state.audit.prune({ maxDays: 3 });

    expect(() => shell(folder, 'DELETE FROM audit WHERE seq = 7')).toThrow('never deleted');
    expect(() => shell(folder, 'DELETE FROM checkpoint')).toThrow('never deleted');
    expect(() => shell(folder, 'UPDATE checkpoint SET seq = 5')).toThrow('only moves forward');
    await state.close();
  });
});

describe('a process that does not know of the pruning yet', () => {
  it('goes on at the end of the chain, not in the gap', async () => {
    await using folder = await makeFolder();
    const idle = openState(folder.path);
    idle.audit.append(decided());
    const { state, at } = await tenDays(folder);
    at(start + 100 * DAY);
    state.audit.newest();
    while (state.audit.prune({ maxDays: 1 }).removed > 0);

    expect(idle.audit.append(decided()).seq).toBe(12);
    expect(idle.audit.verify()).toMatchObject({ ok: true, records: 1 });
    await idle.close();
    await state.close();
  });
});

describe('verify beside pruning', () => {
  it.each([
    ['a beginning removed by hand', 'DELETE FROM audit WHERE seq <= 8', 7, 'not by pruning'],
    [
      'a checkpoint moved by hand',
      'DELETE FROM audit WHERE seq <= 8; UPDATE checkpoint SET seq = 8',
      1,
      'not written with this key',
    ],
    ['a checkpoint that is gone', 'DELETE FROM checkpoint', 1, 'not by pruning'],
    [
      'a record put back before it',
      `INSERT INTO audit SELECT 3, record FROM audit WHERE seq = 7`,
      7,
      'stands before the checkpoint',
    ],
    ['a cut tail', 'DELETE FROM audit WHERE seq >= 9', 9, 'missing at the end'],
    ['an emptied log', 'DELETE FROM audit', 7, 'Records 7 to 10 are missing at the end'],
  ])('names %s', async (_, sql, seq, problem) => {
    await using folder = await makeFolder();
    const { state } = await tenDays(folder);
    state.audit.prune({ maxDays: 3 });
    await state.close();

    shell(folder, `${withoutTriggers} ${sql}`);

    const later = openState(folder.path);
    expect(later.audit.verify()).toMatchObject({ ok: false, seq, problem: expect.stringContaining(problem) as string });
    await later.close();
  });
});

describe('retention while a gateway runs', () => {
  it('prunes batch by batch, and warns once of what it must keep', async () => {
    let batches = 3;
    const warnings: string[] = [];
    const { promise, resolve } = waiting();
    const log = {
      prune: () => {
        if (batches-- > 0) return { removed: 1, problem: 'the same' };
        resolve(undefined);
        return { removed: 0 };
      },
    };
    const say = {
      debug: () => undefined,
      info: () => undefined,
      warn: (text: string) => void warnings.push(text),
      error: () => undefined,
    };

    const retention = retain(log, { maxDays: 1 }, say);
    await promise;
    await retention.close();

    expect(batches).toBe(-1);
    expect(warnings).toHaveLength(1);
  });

  it('says when the log cannot be reached, and does not end the process', async () => {
    const { promise, resolve } = waiting();
    const say = {
      debug: () => undefined,
      info: () => undefined,
      warn: (_: string, fields?: unknown) => resolve(fields),
      error: () => undefined,
    };
    const prune = (): never => {
      throw new Error('locked');
    };

    const retention = retain({ prune }, { maxBytes: 1 }, say);

    expect(await promise).toEqual({ problem: 'locked' });
    await retention.close();
  });
});

describe('a database of version 1', () => {
  it('is brought to this version with its records', async () => {
    await using folder = await makeFolder();
    const { state } = await tenDays(folder);
    await state.close();
    const now = new DatabaseSync(folder.file('portcullis.db'));
    // The same records under the tables of version 1, as such a gateway has left them.
    const rows = {
      audit: now.prepare('SELECT seq, record FROM audit').all(),
      setting: now.prepare('SELECT name, value FROM setting').all(),
    };
    now.close();
    for (const suffix of ['', '-wal', '-shm']) await rm(`${folder.file('portcullis.db')}${suffix}`, { force: true });
    const old = new DatabaseSync(folder.file('portcullis.db'));
    old.exec(`${versionOne} PRAGMA user_version = 1;`);
    for (const { seq, record } of rows.audit)
      old.prepare('INSERT INTO audit VALUES (?, ?)').run(seq ?? null, record ?? null);
    for (const { name, value } of rows.setting)
      old.prepare('INSERT INTO setting VALUES (?, ?)').run(name ?? null, value ?? null);
    old.close();

    const later = openState(folder.path, { clock: () => start + 9 * DAY });

    expect(later.audit.verify()).toEqual({ ok: true, records: 10 });
    expect(later.audit.prune({ maxDays: 3 })).toEqual({ removed: 6 });
    expect(later.audit.verify()).toMatchObject({ ok: true, records: 4 });
    await later.close();
    const brought = new DatabaseSync(folder.file('portcullis.db'));
    expect(brought.prepare('PRAGMA user_version').get()?.['user_version']).toBe(stateSchema.steps.length);
    brought.close();
  });
});

function waiting(): { readonly promise: Promise<unknown>; readonly resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => undefined;
  return { promise: new Promise((settle) => (resolve = settle)), resolve: (value) => resolve(value) };
}

/** As the first version wrote it; never to be changed. */
const versionOne = `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE audit (seq INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit records are never deleted'); END;
CREATE TABLE counter (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE sum (
  counter INTEGER NOT NULL, at INTEGER NOT NULL, used TEXT NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (counter, at)
) WITHOUT ROWID, STRICT;
CREATE TABLE call (
  counter INTEGER NOT NULL, at INTEGER NOT NULL, calls INTEGER NOT NULL, expires INTEGER NOT NULL,
  PRIMARY KEY (counter, at)
) WITHOUT ROWID, STRICT;
`;
