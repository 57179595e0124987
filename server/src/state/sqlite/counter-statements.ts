/** The SQL of counters.ts. `counter` is the row of an identity; an unknown identity is NULL, which equals nothing. */
export const counterStatements = {
  find: 'SELECT id FROM counter WHERE identity = ?',
  define: 'INSERT OR IGNORE INTO counter (identity) VALUES (?)',

  sum: 'SELECT used FROM sum WHERE counter = ? AND at = ?',
  setSum: 'INSERT OR REPLACE INTO sum (counter, at, used, expires) VALUES (?, ?, ?, ?)',
  changeSum: 'UPDATE sum SET used = ? WHERE counter = ? AND at = ?',

  countCalls: 'SELECT coalesce(sum(calls), 0) AS calls FROM call WHERE counter = ? AND at > ?',
  calls: 'SELECT at, calls FROM call WHERE counter = ? AND at > ? ORDER BY at',
  addCall:
    'INSERT INTO call (counter, at, calls, expires) VALUES (?, ?, 1, ?) ON CONFLICT (counter, at) DO UPDATE SET calls = calls + 1',
  removeCall: 'UPDATE call SET calls = calls - 1 WHERE counter = ? AND at = ? AND calls > 0',

  forgetSums: 'DELETE FROM sum WHERE expires <= ?',
  forgetCalls: 'DELETE FROM call WHERE expires <= ? OR calls = 0',
  forgetCounters: 'DELETE FROM counter WHERE id NOT IN (SELECT counter FROM sum UNION ALL SELECT counter FROM call)',
} as const;
