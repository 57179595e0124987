/** The gateway is killed outright under load, again and again: what it has let through is on record, and nothing of it stays behind. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RawSession } from '../gateway/support/http.ts';
import { jsonLines, portcullis } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { arrivals, serverPid, startGateway, until } from './gateway.mts';

const CLIENTS = 8;
const policy = {
  version: '1',
  default: 'allow',
  tools: { echo: { limits: [{ counter: 'calls', window: 'month', max: 100_000_000 }] } },
};

interface Count {
  /** Names of the arguments of those calls that were answered. */
  readonly answered: string[];
  sent: number;
}

export async function killGateway(kills: number): Promise<readonly string[]> {
  await using folder = await makeFolder({ 'policy.json': JSON.stringify(policy) });
  const count: Count = { answered: [], sent: 0 };
  for (let round = 0; round < kills; round++) await killOnce(folder, round, count);
  return await findings(folder, kills, count);
}

/** Later in each round than in the one before, so that every part of a gateway's life is met. */
async function killOnce(folder: Folder, round: number, count: Count): Promise<void> {
  const { child, open } = await startGateway(folder);
  const session = await open();
  const load = Array.from({ length: CLIENTS }, (_, client) => callUntilDead(session, `r${round}c${client}`, count));
  await pause((round * 37) % 400);
  child.kill('SIGKILL');
  await Promise.all(load);
  await until(() => serverPid(folder) === undefined, 'the server of a killed gateway to end');
}

async function callUntilDead(session: RawSession, prefix: string, count: Count): Promise<void> {
  for (let call = 0; ; call++) {
    const name = `${prefix}n${call}`;
    count.sent += 1;
    const answer = await session.call('echo', { [name]: 1 }).catch(() => undefined);
    if (answer === undefined) return;
    if (answer.json.result) count.answered.push(name);
  }
}

async function findings(folder: Folder, kills: number, { answered, sent }: Count): Promise<readonly string[]> {
  const place = ['--state', folder.file('state')];
  const { code, out, err } = await portcullis(['audit', 'verify', ...place]);
  const list = await portcullis(['audit', 'list', '--limit', '10000000', '--format', 'json', ...place]);
  const recorded = new Set(
    jsonLines(list.out).flatMap((record) => (record as { argKeys?: readonly string[] }).argKeys ?? []),
  );
  const arrived = arrivals(folder);
  const unrecorded = [...new Set([...arrived, ...answered])].filter((name) => !recorded.has(name));
  const twice = arrived.length - new Set(arrived).size;
  console.log(
    `${kills} gateways killed: ${sent} calls sent, ${arrived.length} arrived, ${answered.length} answered, ${recorded.size} on record`,
  );
  return [
    ...(code === 0 ? [] : [`the log is broken: ${out}${err}`]),
    ...(unrecorded.length === 0 ? [] : [`${unrecorded.length} calls are not on record`]),
    ...(twice === 0 ? [] : [`${twice} calls arrived twice`]),
    ...(answered.length >= kills ? [] : ['too few calls were answered for this to say anything']),
  ];
}
