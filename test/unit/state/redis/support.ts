/** What a machine brings to a shared state: a folder of its own, and the key that all know. */
import type { Log } from '../../../../server/src/ports.ts';
import {
  openState,
  readSharedAddress,
  shareState,
  type State,
  type WhenLost,
} from '../../../../server/src/state/index.ts';
import { recordLog } from '../../../support/recordedLog.ts';

export const KEY = 'the key that all gateways know 01';

export interface Machine {
  readonly url: string;
  /** Of the state. */
  readonly folder: string;
  readonly log?: Log;
  readonly whenLost?: WhenLost;
  /** Milliseconds in which an answer must come. */
  readonly answer?: number;
  readonly key?: string;
}

export async function share(machine: Machine): Promise<State> {
  const { url, folder, log = recordLog().log, whenLost = 'deny', answer = 300, key = KEY } = machine;
  const address = readSharedAddress('REDIS_URL', url);
  const timing = { answer, pause: 20, longestPause: 50, connect: 300 };
  const local = openState(folder);
  try {
    return await shareState(local, { address, key, log, whenLost, timing });
  } catch (error) {
    await local.close();
    throw error;
  }
}
