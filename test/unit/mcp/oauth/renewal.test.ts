/** What happens to a login as time passes: tokens that run out, are taken back, or do not suffice. */
import { describe, expect, test } from 'vitest';
import { recordKey } from '../../../../server/src/mcp/oauth/credentials.ts';
import { SecretFiles } from '../../../../server/src/state/index.ts';
import { OAuthServers } from '../../../support/servers/oauth.ts';
import { visit } from './support/visitor.ts';

test('a token that ran out is renewed, and the user notices nothing', async () => {
  await using visitor = await visit();
  await visitor.logIn();
  visitor.servers.expire();
  expect(await visitor.request()).toBe(200);
  expect(visitor.servers.tokenRequests('refresh_token')).toHaveLength(1);
  expect(visitor.servers.tokenRequests('refresh_token')[0]?.form.get('resource')).toBe(visitor.servers.url);
});

test('many requests at once renew it once', async () => {
  await using visitor = await visit();
  await visitor.logIn();
  visitor.servers.expire();
  const statuses = await Promise.all(Array.from({ length: 20 }, () => visitor.request()));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(visitor.servers.tokenRequests('refresh_token')).toHaveLength(1);
});

test('access that was taken back is asked for once: no loop, and the dead token is forgotten', async () => {
  await using visitor = await visit();
  await visitor.logIn();
  const dead = visitor.servers.secrets.at(-1) ?? '';
  visitor.servers.revoke();
  await expect(visitor.request()).rejects.toMatchObject({ code: 'login-needed' });
  for (let index = 0; index < 5; index += 1)
    await expect(visitor.request()).rejects.toMatchObject({ code: 'login-needed' });
  expect(visitor.servers.tokenRequests('refresh_token')).toHaveLength(1);
  expect(visitor.kept()).not.toContain(dead);
  await visitor.logIn();
  expect(await visitor.request()).toBe(200);
});

test('an authorization server that is ill for a moment costs no login', async () => {
  await using visitor = await visit();
  await visitor.logIn();
  visitor.servers.expire();
  visitor.servers.alter.serverMetadata = { token_endpoint: `${visitor.servers.issuer}/nowhere` };
  await expect(visitor.request()).rejects.toMatchObject({ code: 'unauthorized' });
  visitor.servers.alter.serverMetadata = {};
  expect(await visitor.request()).toBe(200);
});

describe('a further permission', () => {
  test('is asked for together with what was granted, and then suffices', async () => {
    await using visitor = await visit();
    await visitor.logIn();
    visitor.servers.alter.toolScope = 'files:write';
    await expect(visitor.request('tools/call')).rejects.toThrow('asks for a further permission ("files:write")');
    const { url, credentials } = await visitor.begin();
    expect(url.searchParams.get('scope')).toBe('basic files:write');
    await visitor.servers.consent(url.href);
    await credentials;
    expect(await visitor.request('tools/call')).toBe(200);
  });

  test('does not take away what works without it', async () => {
    await using visitor = await visit();
    await visitor.logIn();
    visitor.servers.alter.toolScope = 'files:write';
    await expect(visitor.request('tools/call')).rejects.toMatchObject({ code: 'login-needed' });
    expect(await visitor.request('tools/list')).toBe(200);
  });

  test('that was granted and still does not suffice is not asked for again', async () => {
    await using visitor = await visit();
    await visitor.logIn();
    visitor.servers.alter.toolScope = 'basic ';
    await expect(visitor.request('tools/call')).rejects.toMatchObject({ code: 'unauthorized', status: 403 });
    expect(visitor.login.isNeeded).toBe(false);
  });
});

test('a server that moves to another authorization server: nothing of the first goes to the second', async () => {
  await using visitor = await visit();
  await using second = await OAuthServers.start();
  await visitor.logIn();
  visitor.servers.expire();
  visitor.servers.alter.resourceMetadata = { authorization_servers: [second.issuer] };
  await expect(visitor.request()).rejects.toThrow('has changed its authorization server');
  const { url } = await visitor.begin();
  expect(url.origin).toBe(second.issuer);
  expect(second.asked.map(({ path }) => path)).toContain('/register');
  const told = JSON.stringify(second.asked.map(({ form, headers }) => [[...form], headers]));
  for (const secret of visitor.servers.secrets) expect(told).not.toContain(secret);
});

test('a client that the user registered stays with its authorization server, until the user says otherwise', async () => {
  await using visitor = await visit({ clientId: 'known there', clientSecret: 'kept from the second' });
  visitor.servers.alter.registered = 'known there';
  await using second = await OAuthServers.start();
  await visitor.logIn();
  visitor.servers.expire();
  visitor.servers.alter.resourceMetadata = { authorization_servers: [second.issuer] };
  await expect(visitor.request()).rejects.toThrow('has changed its authorization server');
  await expect(visitor.begin()).rejects.toThrow(`its "clientId" was used at ${visitor.servers.issuer}`);
  expect(JSON.stringify(second.asked)).not.toContain('kept from the second');
  await visitor.login.forget();
  expect((await visitor.begin()).url.origin).toBe(second.issuer);
});

test('a login in another process is found at the next request', async () => {
  await using visitor = await visit();
  await expect(visitor.request()).rejects.toMatchObject({ code: 'login-needed' });
  await visitor.logInElsewhere();
  expect(await visitor.request()).toBe(200);
  expect(visitor.login.isNeeded).toBe(false);
});

test('forgetting a login deletes its tokens', async () => {
  await using visitor = await visit();
  await visitor.logIn();
  expect(await visitor.login.forget()).toBe(true);
  expect(visitor.kept()).toBe('');
  expect(await visitor.login.forget()).toBe(false);
  await expect(visitor.request()).rejects.toMatchObject({ code: 'login-needed' });
});

test('a damaged record is none', async () => {
  await using visitor = await visit();
  const store = new SecretFiles(visitor.folder.path);
  for (const text of ['{', '[]', '{"credentials":{}}', '{"credentials":{"issuer":"x","client":{"client_id":1}}}']) {
    await store.write(recordKey(new URL(visitor.servers.url), {}), text);
    await expect(visitor.request()).rejects.toMatchObject({ code: 'login-needed' });
  }
});

test('a server that repeats the token in an error does not get it before the agent', async () => {
  await using visitor = await visit();
  await visitor.logIn();
  visitor.servers.alter.fails = 500;
  const message: unknown = await visitor.send().catch((error: unknown) => (error as Error).message);
  expect(message).toContain('Bearer •••');
  for (const secret of visitor.servers.secrets) expect(message).not.toContain(secret);
});

test('no secret is in the log or in an error', async () => {
  await using visitor = await visit();
  visitor.servers.alter.echoes = true;
  await visitor.logIn();
  const errors: string[] = [];
  const tell = (error: unknown): void => void errors.push(String(error), String((error as Error).stack));
  visitor.servers.alter.toolScope = 'more';
  await visitor.request('tools/call').catch(tell);
  visitor.servers.revoke();
  await visitor.request().catch(tell);
  expect(errors.length).toBeGreaterThan(0);
  for (const secret of visitor.servers.secrets) {
    expect(errors.join('\n')).not.toContain(secret);
    expect(JSON.stringify(visitor.log)).not.toContain(secret);
  }
});
