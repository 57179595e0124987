/** The next step that an empty view offers. */
import { describe, expect, it } from 'vitest';
import { missingOf } from '../../../client/src/setup/missing.ts';

const ungoverned = {};
const governed = { policyUri: 'file:///notes/policy.json' };

describe('what is missing before a gateway can start', () => {
  it.each([
    { hasFolder: false, servers: [], missing: 'folder' },
    { hasFolder: true, servers: [], missing: 'server' },
    { hasFolder: true, servers: [ungoverned, ungoverned], missing: 'policy' },
    { hasFolder: true, servers: [ungoverned, governed], missing: undefined },
  ] as const)('is $missing', ({ hasFolder, servers, missing }) => {
    expect(missingOf(hasFolder, servers)).toBe(missing);
  });
});
