/** Which process has written a row or a file that means something only while that process runs. */
import { randomUUID } from 'node:crypto';

/** Names a part of this process; `isHolderRunning` tells of it to the others. */
export const newHolder = (): string => `${String(process.pid)} ${randomUUID()}`;

export const isHolderRunning = (holder: string): boolean => isRunning(Number.parseInt(holder, 10));

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // There is such a process, but it is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
