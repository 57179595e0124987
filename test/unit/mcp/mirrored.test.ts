/** Headers that a server's tools define: what a definition may cost. */
import { expect, test } from 'vitest';
import { readMirrored } from '../../../server/src/mcp/http/mirrored.ts';

const withHeaders = (count: number): object => ({
  type: 'object',
  properties: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`p${index}`, { type: 'string', 'x-mcp-header': `H${index}` }]),
  ),
});

test('a tool may define some headers, but not so many that every call is made of them', () => {
  expect(readMirrored(withHeaders(64))).toMatchObject({ ok: true });
  expect(readMirrored(withHeaders(65))).toMatchObject({ ok: false });
});
