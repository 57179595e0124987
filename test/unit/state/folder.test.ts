/** What lies in the state folder, who may read it, and what is said when something is wrong with it. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../server/src/policy/index.ts';
import { openExistingState, openState, StateError } from '../../../server/src/state/index.ts';
import { stateError } from '../../../server/src/state/error.ts';
import { makeFolder } from '../../support/folder.ts';
import { decided } from './records.ts';

function failure(work: () => unknown): StateError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof StateError) return thrown;
    throw thrown;
  }
  throw new Error('It should have failed.');
}

async function mode(place: string): Promise<string> {
  return ((await stat(place)).mode & 0o777).toString(8);
}

describe('the state folder', () => {
  it.skipIf(process.platform === 'win32')('and all in it is for this user alone', async () => {
    await using folder = await makeFolder();
    const place = folder.file('deep/state');
    const state = openState(place);
    state.localToken();
    state.audit.append(decided());

    expect(await mode(place)).toBe('700');
    const modes = await Promise.all(
      (await readdir(place)).map(async (name) => [name, await mode(path.join(place, name))]),
    );
    expect(Object.fromEntries(modes)).toEqual({
      'audit.head': '600',
      'install.key': '600',
      'local.token': '600',
      'portcullis.db': '600',
      'portcullis.db-shm': '600',
      'portcullis.db-wal': '600',
    });
    await state.close();
  });

  it.skipIf(process.platform === 'win32')('keeps its mode when it holds other things', async () => {
    await using folder = await makeFolder();
    const place = folder.file('workspace');
    await mkdir(place, { mode: 0o755 });
    await writeFile(path.join(place, 'notes.txt'), '');

    await openState(place).close();

    expect(await mode(place)).toBe('755');
    expect(await mode(path.join(place, 'portcullis.db'))).toBe('600');
  });

  it('keeps token and port', async () => {
    await using folder = await makeFolder();
    const before = openState(folder.path);
    expect(before.port).toBeUndefined();
    before.port = 4711;
    const token = before.localToken();
    await before.close();

    const state = openState(folder.path);
    expect(state.port).toBe(4711);
    expect(state.localToken()).toBe(token);
    expect(await readFile(folder.file('local.token'), 'utf8')).toBe(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    state.port = undefined;
    expect(state.port).toBeUndefined();
    await state.close();
  });

  it('can be closed twice, and says so when it is used afterwards', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    await state.close();
    await state.close();

    expect(failure(() => state.audit.append(decided())).code).toBe('state-closed');
  });
});

describe('digests of arguments', () => {
  it('are equal for equal arguments, and differ between installations', async () => {
    await using one = await makeFolder();
    await using two = await makeFolder();
    const [here, there] = [openState(one.path), openState(two.path)];
    const digest = (json: string, state = here) => {
      const reading = readJson(json);
      if (!reading.ok || reading.root.kind !== 'object') throw new Error(json);
      return state.argsHmac(reading.root);
    };

    expect(digest('{"a":1.0,"b":[{"d":"é","c":null}]}')).toBe(digest(' {"b":[{"c":null,"d":"\\u00e9"}],"a":1e0}'));
    expect(digest('{"a":[1,2]}')).not.toBe(digest('{"a":[2,1]}'));
    expect(digest('{"a":"1"}')).not.toBe(digest('{"a":1}'));
    expect(digest('{"a":9007199254740993}')).not.toBe(digest('{"a":9007199254740992}'));
    expect(digest('{}')).not.toBe(digest('{}', there));
    expect(here.argsHmac(undefined)).toBe('');
    await here.close();
    await there.close();
  });
});

describe('a state that cannot be used', () => {
  it('is not made by a reader', async () => {
    await using folder = await makeFolder();

    expect(failure(() => openExistingState(folder.path))).toMatchObject({
      code: 'state-missing',
      message: expect.stringContaining(folder.path) as string,
    });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('is named when it is no database', async () => {
    await using folder = await makeFolder({ 'portcullis.db': 'not a database '.repeat(100) });

    expect(failure(() => openState(folder.path))).toMatchObject({
      code: 'state-damaged',
      message: expect.stringContaining('portcullis.db') as string,
    });
  });

  it('is refused when a newer version wrote it', async () => {
    await using folder = await makeFolder();
    await openState(folder.path).close();
    const database = new DatabaseSync(folder.file('portcullis.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();

    expect(failure(() => openState(folder.path))).toMatchObject({
      code: 'state-unsupported',
      message: expect.stringContaining('newer version') as string,
    });
  });

  it('is refused without its key, and with another one, and makes no new one', async () => {
    await using folder = await makeFolder();
    await openState(folder.path).close();

    expect(failure(() => openState(folder.path, { key: 'another' })).code).toBe('state-key');
    await rm(folder.file('install.key'));
    expect(failure(() => openState(folder.path))).toMatchObject({
      code: 'state-key',
      message: expect.stringContaining('install.key is missing') as string,
    });
    expect(await readdir(folder.path)).not.toContain('install.key');
  });

  it('is refused when a secret was cut off', async () => {
    await using folder = await makeFolder({ 'local.token': 'short' });
    const state = openState(folder.path);

    expect(failure(() => state.localToken())).toMatchObject({
      code: 'state-damaged',
      message: expect.stringContaining('local.token') as string,
    });
    await state.close();
  });

  it('is named when its folder is a file', async () => {
    await using folder = await makeFolder({ state: '' });

    expect(failure(() => openState(folder.file('state'))).message).toContain(folder.file('state'));
  });

  it('denies while another program holds the database, and goes on afterwards', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path, { busyTimeout: 20 });
    const other = new DatabaseSync(folder.file('portcullis.db'));
    other.exec('BEGIN IMMEDIATE');

    expect(failure(() => state.audit.append(decided())).code).toBe('state-busy');
    other.exec('ROLLBACK');
    other.close();

    expect(state.audit.append(decided()).seq).toBe(1);
    await state.close();
  });

  it.skipIf(process.platform === 'win32')(
    'says that the disk is full, and keeps every record before',
    { timeout: 60_000 },
    async () => {
      await using folder = await makeFolder();
      const place = folder.file('state');
      // A limit on the size of a file stands in for a full disk: it needs no mount and no root.
      const worker = path.join(import.meta.dirname, 'worker.ts');
      const filled = spawnSync(
        'sh',
        ['-c', 'ulimit -f 2048; exec "$0" "$@"', process.execPath, worker, 'fill', place],
        { encoding: 'utf8' },
      );

      const said = filled.stdout.trim().split('\n');
      const [message, code, last] = said.reverse();
      expect(code, filled.stderr).toMatch(/^state-(full|io)$/);
      expect(message).toContain('portcullis.db');
      const state = openState(place);
      expect(state.audit.verify()).toEqual({ ok: true, records: Number(last) });
      expect(state.audit.append(decided()).seq).toBe(Number(last) + 1);
      await state.close();
    },
  );

  it.each([
    [{ errcode: 13 }, 'state-full', 'Free some space'],
    [{ errcode: 8 }, 'state-read-only', 'write permission'],
    [{ errcode: 5 | (2 << 8) }, 'state-busy', 'locked'],
    [{ errcode: 11 }, 'state-damaged', 'Move it away'],
    [{ errcode: 10 | (3 << 8) }, 'state-io', 'Check the disk'],
    [{ code: 'ENOSPC' }, 'state-full', 'Free some space'],
    [{ code: 'EROFS' }, 'state-read-only', 'write permission'],
    [{ code: 'EIO' }, 'state-io', 'Check the disk'],
  ])('says what to do about %o', (fields, code, advice) => {
    const error = stateError(Object.assign(new Error('the cause'), fields), '/state/portcullis.db');

    expect(error).toMatchObject({ code, message: expect.stringContaining(advice) as string });
    expect(error.message).toContain('/state/portcullis.db');
    expect(error.message).toContain('the cause');
  });
});
