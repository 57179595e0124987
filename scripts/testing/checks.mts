/**
 * What `npm run check` looks at; each tool counts as one test of the `check` part.
 */
import { runTool } from './command.mts';
import { add, none, type Count } from './count.mts';

interface Check {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
  { title: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { title: 'types', command: ['tsc', '-p', '.'] },
  { title: 'types of the webview', command: ['tsc', '-p', 'client/webview'] },
  { title: 'formatting', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { title: 'rules between rooms', command: ['depcruise', '--config', '.dependency-cruiser.mjs', '.'] },
  { title: 'unused code and packages', command: ['knip'] },
];

/** Runs all of them, also after a failure, so that one run shows everything that is wrong; two at a time, the longest first. */
export async function runChecks(): Promise<Count> {
  const waiting = [...checks];
  const counts: Count[] = [];
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) counts.push(await run(check));
  };
  await Promise.all([lane(), lane()]);
  return counts.reduce(add, none);
}

async function run({ title, command }: Check): Promise<Count> {
  const [tool, ...args] = command;
  const ok = (await runTool(tool, args)) === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${title} (${command.join(' ')})`);
  return { ...none, passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}
