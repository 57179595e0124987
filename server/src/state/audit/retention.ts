/** Keeps the log within the age and size that the configuration allows, while a gateway runs: some records at a time, between calls. */
import type { Closeable, Log } from '../../ports.ts';
import type { AuditLog, Pruning, RetentionLimits } from '../ports.ts';

/** How often it is looked whether there is too much, and the pause between two removals, in milliseconds. */
const INTERVAL = 60_000;
const PAUSE = 20;

/** Begins at once. Does nothing where `limits` has none. What cannot be removed is said once, and tried again. */
export function retain(log: Pick<AuditLog, 'prune'>, limits: RetentionLimits, say: Log): Closeable {
  if (limits.maxDays === undefined && limits.maxBytes === undefined) return { close: () => Promise.resolve() };
  let said: string | undefined;
  const look = (): void => {
    const { removed, problem } = attempt(log, limits);
    if (problem !== undefined && problem !== said)
      say.warn('Old audit records are kept although there are too many', { problem });
    said = problem;
    timer = setTimeout(look, removed > 0 ? PAUSE : INTERVAL).unref();
  };
  let timer = setTimeout(look, 0).unref();
  return {
    close: () => {
      clearTimeout(timer);
      return Promise.resolve();
    },
  };
}

function attempt(log: Pick<AuditLog, 'prune'>, limits: RetentionLimits): Pruning {
  try {
    return log.prune(limits);
  } catch (thrown) {
    return { removed: 0, problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
