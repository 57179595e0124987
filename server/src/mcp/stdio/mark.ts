/**
 * The mark in the environment of every server's process, by which a guard finds one whose number it was not told: the gateway was killed between
 * the start and the telling. Each start has a mark of its own.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const MARK_VARIABLE = 'PORTCULLIS_START';

export const markedEnvironment = (mark: string): Record<string, string> => ({ [MARK_VARIABLE]: mark });

/** The process groups in which a process bears the mark. Nothing on Windows, where the environment of another process cannot be read. */
export function groupsWithMark(mark: string): readonly number[] {
  const wanted = `${MARK_VARIABLE}=${mark}`;
  switch (process.platform) {
    case 'win32':
      return [];
    case 'linux':
      return readdirSync('/proc').flatMap((pid) => groupInProc(pid, wanted));
    default:
      return groupsOfPs(wanted);
  }
}

/** proc(5): `environ` ends each entry with NUL; in `stat`, the group is the third field after the name, which stands in parentheses. */
function groupInProc(pid: string, wanted: string): readonly number[] {
  try {
    if (
      !readFileSync(`/proc/${Number(pid)}/environ`, 'latin1')
        .split('\0')
        .includes(wanted)
    )
      return [];
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return [Number(stat.slice(stat.lastIndexOf(')')).split(' ')[3])];
  } catch {
    // No process, another user's, or gone meanwhile.
    return [];
  }
}

function groupsOfPs(wanted: string): readonly number[] {
  const lines = execFileSync('ps', ['-AEww', '-o', 'pgid=,command='], { encoding: 'latin1' }).split('\n');
  return lines.filter((line) => line.split(' ').includes(wanted)).map((line) => Number.parseInt(line, 10));
}
