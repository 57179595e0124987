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
  { title: 'types', command: ['tsc', '-p', '.'] },
  { title: 'types of the webview', command: ['tsc', '-p', 'client/webview'] },
  { title: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { title: 'formatting', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { title: 'rules between rooms', command: ['depcruise', '--config', '.dependency-cruiser.mjs', '.'] },
  { title: 'unused code and packages', command: ['knip'] },
];

/** Runs all of them, also after a failure, so that one run shows everything that is wrong. */
export async function runChecks(): Promise<Count> {
  let total = none;
  for (const { title, command } of checks) {
    const [tool, ...args] = command;
    const ok = (await runTool(tool, args)) === 0;
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${title} (${command.join(' ')})`);
    total = add(total, { ...none, passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
  }
  return total;
}
