/** Which addresses a server may name for its login. */
import { describe, expect, test } from 'vitest';
import { reachOf, ReachRule } from '../../../../server/src/mcp/oauth/reach.ts';

describe('how far away an address is', () => {
  test.each([
    ['93.184.215.14', 'public'],
    ['2606:4700::6810:84e5', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.1', 'public'],
    ['192.168.178.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['::ffff:192.168.0.1', 'private'],
    ['64:ff9b::a00:1', 'private'],
    ['64:ff9b::808:808', 'public'],
    ['169.254.169.254', 'never'],
    ['::ffff:a9fe:a9fe', 'never'],
    ['fd00:ec2::254', 'never'],
    ['fe80::1', 'never'],
    ['0.0.0.0', 'never'],
    ['::', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['2002:7f00:1::', 'never'],
    ['not an address', 'never'],
  ] as const)('%s is %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });
});

describe('what a server may name', () => {
  const permits = (server: string, address: string, at = 'https://login.example'): boolean =>
    new ReachRule(new URL(server)).permits(new URL(at), address);

  test('a public one: public addresses', () => {
    expect(permits('https://mcp.example/mcp', '93.184.215.14')).toBe(true);
    for (const address of ['10.0.0.1', '127.0.0.1', '169.254.169.254', 'fd00::1', '::1'])
      expect(permits('https://mcp.example/mcp', address)).toBe(false);
  });

  test('one in a private network: also private ones, but not this machine', () => {
    expect(permits('https://192.168.0.5/mcp', '192.168.0.6')).toBe(true);
    expect(permits('https://192.168.0.5/mcp', '127.0.0.1')).toBe(false);
  });

  test('one on this machine: any but those that are never right', () => {
    expect(permits('http://localhost:3000/mcp', '127.0.0.1')).toBe(true);
    expect(permits('http://localhost:3000/mcp', '10.0.0.1')).toBe(true);
    expect(permits('http://localhost:3000/mcp', '169.254.169.254')).toBe(false);
  });

  test('a name that leads to a private address today counts as public: its owner can change that', () => {
    expect(permits('https://intranet.example/mcp', '10.0.0.1')).toBe(false);
  });

  test('what the user wrote may be anywhere: the address itself, and the issuer of the definition', () => {
    expect(permits('https://intranet.example/mcp', '10.0.0.1', 'https://intranet.example/token')).toBe(true);
    const rule = new ReachRule(new URL('https://intranet.example'), [new URL('https://sso.intranet.example/realm')]);
    expect(rule.permits(new URL('https://sso.intranet.example/realm/token'), '10.0.0.2')).toBe(true);
    expect(rule.permits(new URL('https://other.intranet.example/token'), '10.0.0.3')).toBe(false);
  });
});
