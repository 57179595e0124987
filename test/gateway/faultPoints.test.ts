/** F11: whatever the gateway stands on may fail at any moment of a call. The call is then denied or answered with an error, and never sent without its record. */
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch } from '../support/servers/start.ts';
import { openSession, ruleOf } from './support/http.ts';
import { callsIn } from './support/recorded.ts';
import { runGateway } from './support/running.ts';
import { wrappedState } from './support/wrappedState.ts';

/** Counts the moments at which something outside the gateway is asked, and fails at the chosen one. */
class Moments {
  #chosen = 0;
  #passed = 0;

  /** `moment` counts from 1; 0: nothing fails. */
  failAt(moment: number): void {
    this.#chosen = moment;
    this.#passed = 0;
  }

  get hasFailed(): boolean {
    return this.#chosen > 0 && this.#passed >= this.#chosen;
  }

  pass<T>(ask: () => T): T {
    this.#passed += 1;
    if (this.#passed === this.#chosen) throw new Error('the disk, the clock or the window is gone');
    return ask();
  }
}

const policy = {
  version: '1',
  default: 'deny',
  tools: { echo: { action: 'require_approval', limits: [{ counter: 'c', window: 'month', max: 1_000 }] } },
};

describe('F11: at every moment of a call', () => {
  test('clock, counters, log, digest and approver may throw: nothing is sent that is not on record, and the next call works', async () => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    const moments = new Moments();
    await using running = await runGateway(stubLaunch({ record }), {
      policy,
      clock: () => moments.pass(Date.now),
      approver: () => moments.pass(() => Promise.resolve({ outcome: 'approved' as const })),
      wrapState: (state) =>
        wrappedState(state, {
          append: (entry) => moments.pass(() => state.audit.append(entry)),
          note: (entry) => moments.pass(() => state.audit.note(entry)),
          probe: (charges, at) => moments.pass(() => state.counters.probe(charges, at)),
          release: (reservation) => moments.pass(() => state.counters.release(reservation)),
          admit: (...call) => moments.pass(() => state.admit(...call)),
          argsHmac: (args) => moments.pass(() => state.argsHmac(args)),
        }),
    });
    const session = await openSession(running);
    const allowedBefore = (): number => running.decisions().filter(({ decision }) => decision === 'allow').length;
    let failures = 0;
    for (let moment = 1; ; moment++) {
      moments.failAt(moment);
      const arrivals = callsIn(record).length;
      const allowed = allowedBefore();
      const answer = await session.call('echo');
      const hasFailed = moments.hasFailed;
      moments.failAt(0);
      const isSent = callsIn(record).length > arrivals;
      expect(allowedBefore() - allowed, `moment ${moment}`).toBe(isSent ? 1 : 0);
      expect(isSent || ruleOf(answer) !== undefined || answer.status >= 500 || answer.json.error !== undefined).toBe(
        true,
      );
      expect(ruleOf(await session.call('echo')), `after moment ${moment}`).toBeUndefined();
      if (!hasFailed) break;
      failures += isSent ? 0 : 1;
    }
    // Before the call is sent, each of them is asked at least once.
    expect(failures).toBeGreaterThanOrEqual(5);
    expect(running.state.audit.verify()).toMatchObject({ ok: true });
  });
});
