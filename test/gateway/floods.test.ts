/** F2: a server that says more than anybody could hold. */
import { describe, expect, test } from 'vitest';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession } from './support/http.ts';
import { runGateway } from './support/running.ts';

const policy = { version: '1', default: 'allow' };
const MIB = 1024 * 1024;

describe('F2: a server that prints 200 MiB without a line break', () => {
  test.each(['stdout', 'stderr'] as const)('to %s: little of it is held, and calls go on', async (stream) => {
    const flood = { tool: 'flood', stream, bytes: 200 * MIB };
    const launch = stubLaunch({ tools: ['echo', 'flood'].map(stubTool), flood });
    await using running = await runGateway(launch, { policy });
    const session = await openSession(running);
    const before = process.memoryUsage().rss;
    expect((await session.call('flood')).json.result).toBeDefined();
    expect((await session.call('echo')).json.result).toBeDefined();
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * MIB);
    const lines = running.log.map(({ fields }) => JSON.stringify(fields).length);
    expect(Math.max(...lines)).toBeLessThan(64 * 1024);
  });
});
