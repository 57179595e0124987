/** Removes kept values in time, while a gateway runs: also those of a time when they were kept, and are no more. */
import type { Closeable, Log } from '../ports.ts';
import type { ValueStore } from './ports.ts';

/** How often it is looked, in milliseconds. */
const INTERVAL = 3_600_000;

/** Begins at once. */
export function forgetInTime(values: Pick<ValueStore, 'prune'>, log: Log): Closeable {
  const look = (): void => {
    try {
      values.prune();
    } catch (thrown) {
      log.warn('Old values of arguments could not be removed; it is tried again within the hour', {
        reason: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
  };
  look();
  const timer = setInterval(look, INTERVAL).unref();
  return {
    close: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
