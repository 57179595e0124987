/** A policy whose counters are looked at, and a time at which they begin. */

export const countedPolicy = {
  version: '1',
  default: 'deny',
  tools: {
    echo: { rate_limit: { max: 5, window: 600, scope: 'session' } },
    spend: { limits: [{ counter: 'dollars', max: 10, window: 'month', increment_from: 'args.amount' }] },
  },
};

/** So that no window ends during the test. */
export const shortlyAfterAMonthBegan = Date.UTC(2030, 0, 2, 3, 4, 5);
