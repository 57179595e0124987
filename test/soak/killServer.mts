/** The server is killed in the middle of a call, again and again: the client is told at once, nothing is sent twice, and the next call works. */
import { makeFolder } from '../support/folder.ts';
import { arrivals, serverPid, startGateway, until } from './gateway.mts';

const policy = { version: '1', default: 'allow' };

export async function killServer(kills: number): Promise<readonly string[]> {
  await using folder = await makeFolder({ 'policy.json': JSON.stringify(policy) });
  const { child, open } = await startGateway(folder);
  const session = await open();
  const found: string[] = [];
  const milliseconds: number[] = [];
  for (let round = 0; round < kills; round++) {
    const name = `r${round}`;
    const call = session.call('hang', { [name]: 1 });
    await until(() => arrivals(folder).includes(name), 'the call to arrive');
    const killed = performance.now();
    process.kill(serverPid(folder) ?? 0, 'SIGKILL');
    const { json } = await call;
    milliseconds.push(performance.now() - killed);
    if (!json.error) found.push(`round ${round}: the client was answered ${JSON.stringify(json)}`);
    while (!(await session.call('echo', { [`${name}next`]: 1 })).json.result) continue;
  }
  child.kill('SIGTERM');
  const arrived = arrivals(folder).filter((name) => !name.endsWith('next'));
  if (arrived.length !== kills) found.push(`${arrived.length} calls arrived where ${kills} were sent`);
  milliseconds.sort((a, b) => a - b);
  const [median, slowest] = [milliseconds[Math.floor(kills / 2)], milliseconds.at(-1)].map((each) =>
    Math.round(each ?? 0),
  );
  console.log(`${kills} servers killed in a call: the client knew after ${median} ms (median), ${slowest} ms at most`);
  return found;
}
