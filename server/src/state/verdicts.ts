/** What deciders are told, and what a verdict counts for that nobody with the key has written. */
import type { DecideAnswer, Verdict } from '../protocol/approval.ts';

/** What no process with our key has written refuses. */
export const forged: Verdict = { choice: 'deny', by: 'shell' };

export const unknownCall: DecideAnswer = {
  ok: false,
  problem: 'No such call waits any more: its time was up, or the client has given it up.',
};

export const notForSession: DecideAnswer = {
  ok: false,
  problem:
    'The policy does not let this call be allowed for the session ("remember" of its "approval"). Allow it once.',
};

export function decidedAlready({ choice, by }: Verdict): DecideAnswer {
  const what = choice === 'deny' ? 'denied' : 'allowed';
  const where = by === 'editor' ? 'in the editor' : 'in a shell';
  return { ok: false, problem: `This call was ${what} already, ${where}.` };
}
