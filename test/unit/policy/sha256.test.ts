import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../server/src/policy/sha256.ts';

describe('SHA-256', () => {
  test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000, 65_537])('of %i bytes is what node:crypto says', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
