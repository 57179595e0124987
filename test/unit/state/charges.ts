/** Charges as the engine would make them. */
import { parseDecimal, type Charge } from '../../../server/src/policy/index.ts';

export function quota(
  counter: string,
  max: number,
  amount = '1',
  unit: 'minute' | 'hour' | 'day' | 'week' | 'month' = 'day',
): Charge {
  return {
    rule: `/all_tools/limits/${counter}`,
    message: `No more than ${String(max)} a ${unit}.`,
    counter: `quota ${counter}`,
    window: { kind: 'calendar', unit },
    max,
    amount: parseDecimal(amount),
  };
}

export function rate(counter: string, max: number, seconds: number): Charge {
  return {
    rule: '/tools/ping/rate_limit',
    message: `No more than ${String(max)} in ${String(seconds)} s.`,
    counter: `rate ${counter}`,
    window: { kind: 'sliding', seconds },
    max,
    amount: parseDecimal('1'),
  };
}
