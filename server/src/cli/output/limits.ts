/** Limits in use, for people at a terminal. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { untilInWords } from '../../policy/index.ts';
import type { LimitUse } from '../limitUses.ts';
import { table } from './table.ts';

const HEADER = ['SERVER', 'COUNTER', 'WHOSE', 'USED', 'MAX', 'WINDOW', 'FREES', 'RULE'];

/** `now`: milliseconds since the epoch. */
export function printLimits(uses: readonly LimitUse[], now: number): string {
  if (uses.length === 0) return 'Nothing is counted at the moment.\n';
  return table(
    HEADER,
    uses.map((use) => cells(use, now).map((cell) => escapeUntrusted(cell))),
  );
}

function cells(use: LimitUse, now: number): readonly string[] {
  const whose =
    use.scope === 'server' ? 'all grants' : [use.grant, use.session].filter((each) => each !== undefined).join(' ');
  const window = typeof use.window === 'number' ? `${String(use.window)} s` : use.window;
  const max = use.max === undefined ? '-' : String(use.max);
  const rule = use.rule === '' ? `(no such limit any more in ${use.policy})` : use.rule;
  return [use.server, use.counter, whose, use.used, max, window, untilInWords(Date.parse(use.freesAt) - now), rule];
}
