/** A login, from the refusal that asks for it to the token; and everything that must not become one. */
import { statSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { visit } from './support/visitor.ts';

describe('a login', () => {
  test('the server asks, the person agrees, the next request passes', async () => {
    await using visitor = await visit();
    await expect(visitor.request()).rejects.toMatchObject({
      code: 'login-needed',
      message: `The server "guarded" at ${new URL(visitor.servers.url).origin} asks for a login. Run: login.`,
    });
    expect(visitor.login.isNeeded).toBe(true);

    const pending = await visitor.begin();
    expect(pending.url.origin).toBe(visitor.servers.issuer);
    expect(Object.fromEntries(pending.url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      resource: visitor.servers.url,
      scope: 'basic',
    });
    expect(await visitor.servers.consent(pending.url.href)).toBe(200);
    expect(await pending.credentials).toMatchObject({ issuer: visitor.servers.issuer, scope: 'basic' });
    expect(await visitor.request()).toBe(200);
    expect(visitor.login.isNeeded).toBe(false);
  });

  test('the token goes to the server and nowhere else, and the files are for this user alone', async () => {
    await using visitor = await visit();
    await visitor.logIn();
    await visitor.request();
    const { called, asked } = visitor.servers;
    expect(called.at(-1)?.headers.authorization).toMatch(/^Bearer secret-/);
    expect(asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    for (const name of readdirSync(visitor.folder.file('logins')))
      expect(statSync(visitor.folder.file(`logins/${name}`)).mode & 0o777).toBe(0o600);
    expect(statSync(visitor.folder.file('logins')).mode & 0o777).toBe(0o700);
  });

  test('it registers as a native program, and only once', async () => {
    await using visitor = await visit();
    await visitor.logIn();
    visitor.servers.revoke();
    await visitor.logIn();
    expect(visitor.servers.asked.filter(({ path }) => path === '/register')).toHaveLength(1);
    expect(await visitor.request()).toBe(200);
  });

  test('offline access is asked for where the authorization server has it', async () => {
    await using visitor = await visit();
    visitor.servers.alter.serverMetadata = { scopes_supported: ['basic', 'offline_access'] };
    const { url } = await visitor.begin();
    expect(url.searchParams.get('scope')).toBe('basic offline_access');
  });

  test('an authorization server that lets nobody register needs a client id, and says so', async () => {
    await using visitor = await visit();
    visitor.servers.alter.serverMetadata = { registration_endpoint: undefined };
    await expect(visitor.begin()).rejects.toThrow('write its id into "oauth": { "clientId" }');
  });

  test('a client id of the definition is used as it is', async () => {
    await using visitor = await visit({ clientId: 'known there' });
    const { url } = await visitor.begin();
    expect(url.searchParams.get('client_id')).toBe('known there');
    expect(visitor.servers.asked.some(({ path }) => path === '/register')).toBe(false);
  });

  test('two who begin a login share it', async () => {
    await using visitor = await visit();
    const [first, second] = await Promise.all([visitor.begin(), visitor.begin()]);
    expect(first.url.href).toBe(second.url.href);
  });
});

describe('an answer that is not the right one', () => {
  test('with another state: refused, nothing is redeemed, and the right one is still waited for', async () => {
    await using visitor = await visit();
    const { url, credentials } = await visitor.begin();
    const redirect = url.searchParams.get('redirect_uri') ?? '';
    for (const state of ['', '?code=x', '?code=x&state=', '?code=x&state=wrong'])
      expect((await fetch(redirect + state)).status).toBe(400);
    expect(visitor.servers.tokenRequests('authorization_code')).toHaveLength(0);
    await visitor.servers.consent(url.href);
    expect((await credentials).tokens).toBeDefined();
  });

  test('by another method, path or host: there is nothing', async () => {
    await using visitor = await visit();
    const { url } = await visitor.begin();
    const redirect = new URL(url.searchParams.get('redirect_uri') ?? '');
    const answer = `?code=x&state=${url.searchParams.get('state')}`;
    expect((await fetch(redirect.href + answer, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${redirect.origin}/other${answer}`)).status).toBe(404);
    expect((await fetch(`http://localhost:${redirect.port}/callback${answer}`)).status).toBe(404);
    expect(visitor.servers.tokenRequests('authorization_code')).toHaveLength(0);
  });

  test.each([
    ['from another issuer', 'https://evil.example'],
    ['from one that differs by a slash', 'slash'],
    ['without an issuer, from a server that says it names itself', null],
  ])('%s: not redeemed', async (_what, iss) => {
    await using visitor = await visit();
    visitor.servers.alter.iss = iss === 'slash' ? `${visitor.servers.issuer}/` : iss;
    const { url, credentials } = await visitor.begin();
    await visitor.servers.consent(url.href);
    await expect(credentials).rejects.toThrow(`does not come from ${visitor.servers.issuer}`);
    expect(visitor.servers.tokenRequests('authorization_code')).toHaveLength(0);
  });

  test('an error is told, but not one from another issuer', async () => {
    await using visitor = await visit();
    const answer = async (iss: string): Promise<unknown> => {
      const { url, credentials } = await visitor.begin();
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      const said = {
        state: url.searchParams.get('state') ?? '',
        error: 'access_denied',
        error_description: 'no\u0007',
      };
      back.search = new URLSearchParams({ ...said, iss }).toString();
      await fetch(back);
      return credentials.catch((error: unknown) => (error as Error).message);
    };
    expect(await answer(visitor.servers.issuer)).toContain('access_denied no\\u{7}');
    expect(await answer('https://evil.example')).not.toContain('access_denied');
  });
});

describe('a server that must not be logged in to', () => {
  test.each([
    ['javascript:alert(1)//', 'not as RFC 8414 says'],
    ['file:///etc/passwd', 'is not an https address but "file:"'],
    ['vscode://publisher.extension/run', 'is not an https address but "vscode:"'],
    ['http://login.example/authorize', 'is not an https address but "http:"'],
    ["a:$(calc.exe)?response_type=code'&calc'", 'is not an https address'],
    ['https://user:pw@login.example/', 'carries a user name'],
    ['https://169.254.169.254/latest/', 'private network'],
  ])('its page is %s', async (page, message) => {
    await using visitor = await visit();
    visitor.servers.alter.serverMetadata = { authorization_endpoint: page };
    await expect(visitor.begin()).rejects.toThrow(message);
  });

  test.each([
    ['knows no PKCE', { code_challenge_methods_supported: undefined }, 'PKCE'],
    ['knows only plain PKCE', { code_challenge_methods_supported: ['plain'] }, 'PKCE'],
    ['says it is another issuer', { issuer: 'https://evil.example' }, 'calls itself "https://evil.example"'],
    ['has no page', { authorization_endpoint: undefined }, 'not as RFC 8414 says'],
    ['registers elsewhere', { registration_endpoint: 'http://evil.example/' }, 'is not an https address'],
  ])('it %s', async (_what, serverMetadata, message) => {
    await using visitor = await visit();
    visitor.servers.alter.serverMetadata = serverMetadata;
    await expect(visitor.begin()).rejects.toThrow(message);
  });

  test('its token endpoint is elsewhere in the network: the code is not sent there', async () => {
    await using visitor = await visit();
    visitor.servers.alter.serverMetadata = { token_endpoint: 'https://169.254.169.254/token' };
    const { url, credentials } = await visitor.begin();
    await visitor.servers.consent(url.href);
    await expect(credentials).rejects.toThrow('leads into a private network');
  });

  test('its metadata are for another resource', async () => {
    await using visitor = await visit();
    visitor.servers.alter.resourceMetadata = { resource: 'https://other.example/mcp' };
    await expect(visitor.begin()).rejects.toThrow('metadata for another resource');
  });

  test('it names another issuer than the definition does', async () => {
    await using visitor = await visit({ issuer: 'https://login.example' });
    await expect(visitor.begin()).rejects.toThrow('than "issuer" in its definition');
  });
});
