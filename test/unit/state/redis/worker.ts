/** Tries 1,000 calls at once against a limit of 100, as one of several gateways, and says how many it let through. */
import { writeSync } from 'node:fs';
import { openState, readSharedAddress, shareState } from '../../../../server/src/state/index.ts';
import { recordLog } from '../../../support/recordedLog.ts';
import { quota, rate } from '../charges.ts';
import { decided } from '../records.ts';

const [folder = ''] = process.argv.slice(2);
const address = readSharedAddress('REDIS_URL', process.env['REDIS_URL']);
// Three processes and the server share what this machine has: nothing here is about being in time.
const timing = { answer: 30_000, connect: 30_000 };
const state = await shareState(openState(folder), {
  address,
  key: 'k'.repeat(32),
  whenLost: 'deny',
  log: recordLog().log,
  timing,
});

const charges = [quota('spend', 10, '0.1', 'month'), rate('calls', 150, 3_600)];
const calls = Array.from({ length: 1_000 }, () => state.admit(charges, Date.now(), decided()));
const admitted = (await Promise.all(calls)).filter(({ ok }) => ok).length;
writeSync(1, JSON.stringify({ admitted, recorded: state.audit.newest() }));
await state.close();
