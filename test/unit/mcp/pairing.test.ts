import { describe, expect, test } from 'vitest';
import { pairPolicies, type Pairing, type PolicyFile } from '../../../server/src/mcp/pairing.ts';

type Servers = Readonly<Record<string, { readonly policy?: string; readonly userLevel?: boolean }>>;

/** `pair({ git: {} }, ['/p/policy.json', { path: '/p/x.json', server: 'git' }])` */
function pair(servers: Servers, policies: readonly (string | PolicyFile)[]): Pairing {
  const definitions = Object.entries(servers).map(([name, { policy, userLevel }]) => ({
    name,
    origin: { host: 'vscode', folder: '/p', ...(userLevel ? { userLevel } : {}) },
    settings: { mode: 'enforce', methods: {}, timeout: 60, ...(policy === undefined ? {} : { policy }) } as const,
  }));
  return pairPolicies(
    definitions,
    policies.map((policy) => (typeof policy === 'string' ? { path: policy } : policy)),
  );
}

describe('a policy belongs to a server', () => {
  test('by portcullis.json, before all else', () => {
    const { pairs } = pair({ a: { policy: '/p/x.json' }, b: {} }, [
      { path: '/p/x.json', server: 'b' },
      '/p/a.policy.json',
    ]);
    expect(pairs).toEqual([{ server: 'a', policy: '/p/x.json', reason: 'portcullis.json' }]);
  });

  test('by "server" in the document, before its file name', () => {
    const { pairs } = pair({ a: {}, b: {} }, [{ path: '/p/b.policy.json', server: 'a' }]);
    expect(pairs).toEqual([{ server: 'a', policy: '/p/b.policy.json', reason: 'document' }]);
  });

  test('by its file name, which may stand anywhere', () => {
    const { pairs } = pair({ a: {}, b: {} }, ['/p/deep/b.policy.json', '/p/xa.policy.json']);
    expect(pairs).toEqual([{ server: 'b', policy: '/p/deep/b.policy.json', reason: 'file-name' }]);
  });

  test('by being the only policy.json of a workspace with one server', () => {
    expect(pair({ a: {} }, ['/p/policy.json']).pairs).toEqual([
      { server: 'a', policy: '/p/policy.json', reason: 'only-one' },
    ]);
  });

  test("not counting the user's own servers where the workspace has one", () => {
    const { pairs } = pair({ mine: { userLevel: true }, a: {} }, ['/p/policy.json']);
    expect(pairs).toMatchObject([{ server: 'a' }]);
    expect(pair({ mine: { userLevel: true } }, ['/p/policy.json']).pairs).toMatchObject([{ server: 'mine' }]);
  });

  test('one policy may govern two servers when portcullis.json says so', () => {
    const both = { policy: '/p/x.json' };
    expect(pair({ a: both, b: both }, ['/p/x.json']).pairs).toHaveLength(2);
  });
});

describe('what is ambiguous is not decided', () => {
  test('one policy.json, two servers', () => {
    const { pairs, ambiguities } = pair({ a: {}, b: {} }, ['/p/policy.json']);
    expect(pairs).toEqual([]);
    expect(ambiguities).toMatchObject([{ servers: ['a', 'b'], policies: ['/p/policy.json'] }]);
    expect(ambiguities[0]?.message).toBe(
      'policy.json could be for any of "a", "b". Add "server": "a" (or another of them) to it.',
    );
  });

  test('two servers of which one has its policy: the other is not guessed', () => {
    const { ambiguities } = pair({ a: {}, b: {} }, ['/p/a.policy.json', '/p/policy.json']);
    expect(ambiguities).toMatchObject([{ servers: ['b'] }]);
  });

  test('two of policy.json, one server', () => {
    expect(pair({ a: {} }, ['/p/policy.json', '/p/sub/policy.json'])).toMatchObject({
      pairs: [],
      ambiguities: [{ servers: ['a'], policies: ['/p/policy.json', '/p/sub/policy.json'] }],
    });
  });

  test('two documents that name one server, even if a weaker reason would decide', () => {
    const rivals = [
      { path: '/p/x.json', server: 'a' },
      { path: '/p/y.json', server: 'a' },
    ];
    const { pairs, ambiguities } = pair({ a: {} }, [...rivals, '/p/a.policy.json', '/p/policy.json']);
    expect(pairs).toEqual([]);
    expect(ambiguities[0]?.message).toContain('/p/x.json, /p/y.json. Name one as "policy"');
  });
});

describe('a policy that governs nothing says why', () => {
  test.each([
    [{}, { path: '/p/policy.json' }, 'No MCP server is configured'],
    [{ a: {} }, { path: '/p/x.json', server: 'b' }, 'No server "b" is configured. Configured are: "a".'],
    [{ a: {} }, { path: '/p/other.policy.json' }, 'Nothing says which server'],
    [{ a: { policy: '/p/z.json' } }, { path: '/p/x.json', server: 'a' }, '"a" is governed by /p/z.json'],
    [{ a: { policy: '/p/z.json' } }, { path: '/p/policy.json' }, 'Nothing says which server'],
  ])('%j %j', (servers: Servers, policy, words) => {
    expect(pair(servers, [policy]).unpaired).toMatchObject([
      { policy: policy.path, message: expect.stringContaining(words) as string },
    ]);
  });
});
