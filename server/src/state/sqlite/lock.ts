/**
 * A lock between processes that may be held across a network request: SQLite's own lock on an empty file. The system frees it when
 * its holder dies, so there is nothing stale to find. Never held while the audit or the counters are written: those have another file.
 */
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { StateError, stateError } from '../error.ts';
import { openConnection } from './database.ts';

/** Milliseconds between two attempts, and until whoever waits is told. A holder's requests are bounded to less than that. */
const RETRY = 20;
const PATIENCE = 90_000;

/** Runs `work` while no other holder of the lock does. Rejects with `StateError` when the lock cannot be had, or as `work` does. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const connection = openLockFile(file);
  try {
    await acquire(connection, file);
    return await work();
  } finally {
    // Ends the transaction.
    connection.close();
  }
}

function openLockFile(file: string): ReturnType<typeof openConnection> {
  try {
    fs.closeSync(fs.openSync(file, 'a', 0o600));
    return openConnection(file);
  } catch (thrown) {
    throw stateError(thrown, file);
  }
}

async function acquire(connection: ReturnType<typeof openConnection>, file: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      connection.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
      return;
    } catch (thrown) {
      const error = stateError(thrown, file);
      if (error.code !== 'state-busy') throw error;
    }
    if (performance.now() > deadline)
      throw new StateError('state-busy', `Another process has held ${file} for too long.`);
    await pause(RETRY);
  }
}
