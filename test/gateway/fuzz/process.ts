/** `portcullis gateway --stdio` as it is built, in front of the stub as a server: two processes, and what reaches the second is in a file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openState } from '../../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../../support/folder.ts';
import { receivedTexts, stubLaunch, stubTool } from '../../support/servers/start.ts';
import type { StdioUnderTest } from './gateways.ts';
import type { Report } from './report.ts';
import { JudgingUpstream } from './upstream.ts';
import { TOOLS, type World } from './world.ts';

const bundle = path.resolve(import.meta.dirname, '../../../dist/portcullis.js');

export async function startProcess(world: World, report: Report): Promise<StdioUnderTest> {
  const folder = await makeFolder({ 'policy.json': JSON.stringify(world.policy) });
  const { command, args } = stubLaunch({
    record: folder.file('received'),
    tools: TOOLS.map(stubTool),
    pageSize: 3,
    errorCodes: { limited: -32000 },
  });
  const places = ['--policy', folder.file('policy.json'), '--state', folder.file('state')];
  const child = spawn(process.execPath, [bundle, 'gateway', '--stdio', ...places, '--', command, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  child.stdin.on('error', (error) => report.found('the gateway closed its input', error.message));
  const under: StdioUnderTest = {
    write: (bytes) => void child.stdin.write(bytes),
    onLine: () => undefined,
    finish: async () => {
      child.stdin.end();
      const [code] = (await ended) as [number | null];
      if (code !== 0) report.found('the gateway ended with a failure', `exit code ${String(code)}`);
      await judge(folder, world, report);
    },
  };
  createInterface({ input: child.stdout }).on('line', (line) => under.onLine(line));
  return under;
}

async function judge(folder: Folder, world: World, report: Report): Promise<void> {
  const upstream = new JudgingUpstream(world, report);
  for (const text of receivedTexts(folder.file('received'))) upstream.judge(text);
  const state = openState(folder.file('state'));
  const verification = state.audit.verify();
  if (!verification.ok) report.found('the chain of records is broken', verification.problem);
  for (const record of state.audit.read({}))
    if (record.kind === 'decision') report.count(`decided: ${record.decision}`);
  await state.close();
  await folder[Symbol.asyncDispose]();
}
