/** What a VS Code has started, by the system's own list. Unix only. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

interface Started {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process below those whose command line names `dataDir`. */
export async function startedBelow(dataDir: string): Promise<readonly Started[]> {
  const all = await listProcesses();
  const found = new Set(all.filter(({ command }) => command.includes(dataDir)).map(({ pid }) => pid));
  let before = -1;
  while (before !== found.size) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

/** Those of `pids` that run still, whoever is their parent by now. */
export async function alive(pids: readonly number[]): Promise<readonly Started[]> {
  return (await listProcesses()).filter(({ pid }) => pids.includes(pid));
}

async function listProcesses(): Promise<readonly Started[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,stat=,args='], { maxBuffer: 2 ** 24 });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    // What has ended and was not waited for runs no more.
    if (pid === undefined || parent === undefined || command === undefined || state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
