/** Whether the gateway's memory stays flat: many calls over one session, and what the process holds on the way. */
import { Conversation } from './client/conversation.mts';
import { measure } from './load.mts';
import { Processes } from './processes.mts';
import { startUpstream, type Target } from './targets.mts';

const IN_FLIGHT = 16;
const STEPS = 10;

export interface Growth {
  readonly target: string;
  readonly calls: number;
  /** MB before the first call, and after each tenth of them. */
  readonly memory: readonly number[];
  readonly peak: number;
}

/** `undefined` where the system does not tell how much memory a process holds. */
export async function measureGrowth(target: Target, calls: number): Promise<Growth | undefined> {
  await using processes = new Processes();
  const upstream = await startUpstream(processes);
  const { wire, between } = await target.open({ processes, upstream });
  const conversation = new Conversation(wire);
  await conversation.open();
  await conversation.call();
  const memory = [between?.memory()?.now];
  for (let step = 0; step < STEPS; step += 1) {
    await measure(() => conversation.call(), Math.ceil(calls / STEPS), IN_FLIGHT);
    memory.push(between?.memory()?.now);
  }
  await wire[Symbol.asyncDispose]();
  const peak = between?.memory()?.peak;
  const known = memory.filter((each) => each !== undefined);
  return peak === undefined ? undefined : { target: target.name, calls, memory: known, peak };
}
