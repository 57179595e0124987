/** Logins as users meet them: the command line, gateways as processes beside each other, and what is left on the disk. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { bundle, portcullis } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { OAuthServers } from '../support/servers/oauth.ts';
import { runLogin, type LoginRun } from './support/login.ts';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

interface Place {
  readonly folder: Folder;
  readonly servers: OAuthServers;
  /** Options that every command is given. */
  readonly options: readonly string[];
  logIn(): Promise<LoginRun>;
  gateway(): Promise<Client>;
  [Symbol.asyncDispose](): Promise<void>;
}

async function place(): Promise<Place> {
  const servers = await OAuthServers.start();
  const folder = await makeFolder({
    'portcullis.json': JSON.stringify({ servers: { guarded: { url: servers.url } } }),
    'policy.json': JSON.stringify({ version: '1', server: 'guarded', default: 'allow' }),
  });
  const options = ['--folder', folder.path, '--state', folder.file('state')];
  const clients: Client[] = [];
  return {
    folder,
    servers,
    options,
    logIn: () => runLogin(['login', 'guarded', ...options], (page) => servers.consent(page)),
    async gateway() {
      const args = [bundle, 'gateway', '--stdio', '--server', 'guarded', ...options];
      const client = new Client({ name: 'test-client', version: '1' });
      clients.push(client);
      await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }));
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
      await servers[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function call(client: Client): Promise<unknown> {
  return (await client.callTool({ name: 'echo', arguments: {} })).content;
}

const DONE = [{ type: 'text', text: 'done' }];

test('an agent is told what a person has to run; after that its calls pass', async () => {
  await using here = await place();
  const advice = `portcullis login guarded --folder ${here.folder.path} --state ${here.folder.file('state')}`;
  await expect(here.gateway()).rejects.toThrow(`asks for a login. A person has to run: ${advice}`);
  const { code, out, err } = await here.logIn();
  expect(err).toContain(`It leads to ${new URL(here.servers.issuer).host}.`);
  expect(out).toBe(`Logged in to "guarded" at ${here.servers.issuer}, with the scope "basic".\n`);
  expect(code).toBe(0);
  expect(await call(await here.gateway())).toEqual(DONE);
});

test('a gateway that runs takes a login at the next call', async () => {
  await using here = await place();
  await here.logIn();
  const client = await here.gateway();
  here.servers.revoke();
  await expect(call(client)).rejects.toThrow('A person has to run: portcullis login');
  await here.logIn();
  expect(await call(client)).toEqual(DONE);
});

test('two gateways whose token runs out renew it once, and both go on', async () => {
  await using here = await place();
  await here.logIn();
  const clients = await Promise.all([here.gateway(), here.gateway()]);
  await Promise.all(clients.map((client) => client.listTools()));
  here.servers.expire();
  const before = here.servers.called.length;
  // Both have been refused before the first renewal is answered.
  here.servers.alter.beforeRefresh = () => here.servers.untilCalled(before + 2);
  expect(await Promise.all(clients.map(call))).toEqual([DONE, DONE]);
  expect(here.servers.tokenRequests('refresh_token')).toHaveLength(1);
});

test('no secret is left anywhere but in the file of the login', async () => {
  await using here = await place();
  const { err, out } = await here.logIn();
  const client = await here.gateway();
  here.servers.alter.echoes = true;
  await call(client);
  here.servers.expire();
  await call(client);
  here.servers.alter.toolScope = 'more';
  await expect(call(client)).rejects.toThrow('asks for a further permission ("more")');
  here.servers.revoke();
  await expect(call(client)).rejects.toThrow('A person has to run');
  const files = filesIn(here.folder.path).filter((file) => !/logins[\\/]\w+[.]json$/.test(file));
  expect(files.some((file) => file.endsWith('portcullis.db'))).toBe(true);
  const texts = [err, out, ...files.map((file) => readFileSync(file, 'latin1'))];
  expect(here.servers.secrets.length).toBeGreaterThan(4);
  for (const secret of here.servers.secrets) for (const text of texts) expect(text).not.toContain(secret);
});

test('logout deletes the tokens', async () => {
  await using here = await place();
  await here.logIn();
  const [file = ''] = readdirSync(here.folder.file('state/logins')).filter((name) => name.endsWith('.json'));
  const kept = here.folder.file(`state/logins/${file}`);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  const { code, out } = await portcullis(['logout', 'guarded', ...here.options]);
  expect({ code, out }).toEqual({ code: 0, out: 'The login to "guarded" is forgotten.\n' });
  expect(existsSync(kept)).toBe(false);
});

test('what cannot be logged in to is named', async () => {
  await using here = await place();
  await here.folder.write(
    'portcullis.json',
    JSON.stringify({
      servers: { local: { command: 'x' }, keyed: { url: here.servers.url, headers: { authorization: 'Bearer x' } } },
    }),
  );
  const names = ['local', 'keyed', 'other'];
  const runs = await Promise.all(names.map((name) => portcullis(['login', name, ...here.options])));
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2]);
  expect(runs[0]?.err).toContain('is started on stdio');
  expect(runs[1]?.err).toContain('has an Authorization header');
  expect(runs[2]?.err).toContain('No server "other" is configured');
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
