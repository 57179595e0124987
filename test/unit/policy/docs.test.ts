/** Every policy in docs/policy.md is valid, and decides the calls below it as the page says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide, MemoryCounters } from '../../../server/src/policy/index.ts';
import { call, NOON, OWNER, policy } from '../../support/policy.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../../docs/policy.md'), 'utf8');
const EXAMPLE = /^```json policy\n(.*?)^```\n\n```calls\n(.*?)^```$/gms;
const CALL = /^(\S+)\s+(\{.*\})\s+(allow|deny|needs_approval)(?: (\S.*))?$/;

interface Example {
  readonly document: string;
  readonly calls: readonly string[];
}

const examples: readonly Example[] = [...PAGE.matchAll(EXAMPLE)].map(([, document = '', calls = '']) => ({
  document,
  calls: calls.trim().split('\n'),
}));

describe('docs/policy.md', () => {
  test('shows examples, and a call for each', () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
    expect(PAGE.match(/^```json policy$/gm)).toHaveLength(examples.length);
  });

  test.each(examples)('decides as it says: $calls', ({ document, calls }) => {
    const compiled = policy(document);
    const counters = new MemoryCounters();
    for (const line of calls) {
      const [, tool = '', args = '', decision, rule = ''] = CALL.exec(line) ?? [];
      expect(decide(compiled, call(tool, args), OWNER, counters, NOON), line).toMatchObject({ decision, rule });
    }
  });
});
