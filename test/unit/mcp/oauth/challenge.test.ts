/** What a server asks for in `WWW-Authenticate`. */
import { expect, test } from 'vitest';
import { readChallenge } from '../../../../server/src/mcp/oauth/challenge.ts';

test.each([
  ['Bearer', {}],
  [null, {}],
  ['Basic realm="x", scope="not this one"', {}],
  ['bearer scope="a b"', { scope: 'a b' }],
  [
    'Bearer error="insufficient_scope", scope="files:write", resource_metadata="https://x.example/m"',
    { error: 'insufficient_scope', scope: 'files:write', resourceMetadata: 'https://x.example/m' },
  ],
  ['Basic realm="a, Bearer scope=\\"no\\"", Bearer scope=yes', { scope: 'yes' }],
  ['Bearer realm="x" , scope = "a" , scope="b"', { scope: 'a' }],
  ['Bearer scope="a \\"quoted\\" one"', { scope: 'a "quoted" one' }],
  ['DPoP algs="ES256", scope="not this one", Bearer error=invalid_token', { error: 'invalid_token' }],
  ['Bearer x_resource_metadata="https://evil.example", error="e"', { error: 'e' }],
  ['Bearer scope="unclosed', {}],
])('%s', (header, challenge) => {
  expect(readChallenge(header)).toEqual(challenge);
});

test('a long header takes no long time, and is read only so far', () => {
  expect(readChallenge(`Bearer ${'a='.repeat(1_000_000)}`)).toEqual({});
});
