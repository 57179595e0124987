import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachJsonLine, runOnState } from '../../../client/src/audit/commandLine.ts';
import { writeWhole } from '../../../client/src/audit/wholeFile.ts';

describe('reading the log and writing it into a file', () => {
  let folder: string;
  const program = (): string => path.join(folder, 'program.mjs');
  const file = (): string => path.join(folder, 'audit.jsonl');
  const run = (signal: AbortSignal, read: (output: Readable) => Promise<void>): Promise<void> =>
    runOnState({ program: program(), stateFolder: folder }, [], signal, read);

  beforeEach(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'portcullis-export-'))));
  afterEach(async () => await rm(folder, { recursive: true, force: true }));

  it('takes every line, and puts the file in its place', async () => {
    await writeFile(program(), String.raw`process.stdout.write('{"seq":1}\n{"seq":2}\n')`);
    const seen: unknown[] = [];
    await run(new AbortController().signal, (output) => eachJsonLine(output, (value) => void seen.push(value)));
    expect(seen).toEqual([{ seq: 1 }, { seq: 2 }]);
    const isDone = await writeWhole(file(), async (take) => {
      await run(new AbortController().signal, take);
      return true;
    });
    expect(isDone).toBe(true);
    expect(await readFile(file(), 'utf8')).toBe('{"seq":1}\n{"seq":2}\n');
    expect(await leftovers()).toEqual([]);
  });

  it('ends the process that is stopped halfway, and leaves what was there before', async () => {
    await writeFile(file(), 'before');
    // Tells its number, and would go on for ever.
    await writeFile(
      program(),
      String.raw`process.stdout.write(process.pid + '\n'); setInterval(() => undefined, 1000)`,
    );
    const stop = new AbortController();
    let pid = 0;
    const isDone = await writeWhole(file(), async (take) => {
      const reading = run(stop.signal, async (output) => {
        output.once('data', (bytes: Buffer) => {
          pid = Number(bytes.toString());
          stop.abort();
        });
        await take(output);
      });
      await expect(reading).rejects.toThrow();
      return false;
    });
    expect(isDone).toBe(false);
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
    expect(await readFile(file(), 'utf8')).toBe('before');
    expect(await leftovers()).toEqual([]);
  });

  it('says what the command said when it fails, and leaves no file', async () => {
    await writeFile(program(), `console.error('The log is damaged at record 7.'); process.exitCode = 1`);
    const writing = writeWhole(file(), async (take) => {
      await run(new AbortController().signal, take);
      return true;
    });
    await expect(writing).rejects.toThrow('The log is damaged at record 7.');
    expect(existsSync(file())).toBe(false);
    expect(await leftovers()).toEqual([]);
  });

  const leftovers = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith('.part'));
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
