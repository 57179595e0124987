/** What is in use on the heap after everything that can go is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes. */
export function heapInUse(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
