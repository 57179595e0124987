/** A second process on one state, for processes.test.ts: `worker.ts <task> <folder> [number]`. Says what it did on stdout, each line at once. */
import { writeSync } from 'node:fs';
import { openState, StateError } from '../../../server/src/state/index.ts';
import { quota } from './charges.ts';
import { decided } from './records.ts';

const [task, folder = '', number = '0'] = process.argv.slice(2);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

const tasks: Readonly<Record<string, () => void>> = {
  /** Acknowledges each record, until it is killed or has written `number`. */
  append() {
    const { audit } = openState(folder);
    for (let count = 0; count < Number(number); count++) say(String(audit.append(decided()).seq));
  },
  /** Appends until the disk refuses, then says why. */
  fill() {
    const state = openState(folder);
    try {
      for (;;) say(String(state.audit.append(decided({ message: 'x'.repeat(2_000) })).seq));
    } catch (thrown) {
      if (!(thrown instanceof StateError)) throw thrown;
      say(thrown.code);
      say(thrown.message);
    }
  },
  /** Appends and prunes by turns, until it is killed: nothing but the newest records is to stay. Says what it has pruned up to. */
  prune() {
    let now = Date.now();
    const { audit } = openState(folder, { clock: () => (now += 1) });
    const tenSeconds = 10 / 86_400;
    for (let pruned = 0; ; say(String(pruned))) {
      for (let count = 0; count < 20; count++) audit.append(decided());
      now += 60_000;
      pruned += audit.prune({ maxDays: tenSeconds }).removed;
    }
  },
  /** Tries 200 calls against a limit. */
  reserve() {
    const { counters } = openState(folder);
    const charge = quota('shared', Number(number));
    let admitted = 0;
    for (let call = 0; call < 200; call++) if (counters.reserve([charge], Date.UTC(2026, 0, 1)).ok) admitted++;
    say(String(admitted));
  },
  token() {
    const state = openState(folder);
    say(`${state.localToken()} ${state.argsHmac({ kind: 'object', start: 0, end: 2, members: new Map() })}`);
  },
};

const work = tasks[task ?? ''];
if (!work) throw new Error(`No such task: ${String(task)}`);
work();
