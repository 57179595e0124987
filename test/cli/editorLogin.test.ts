/** A login with the editor's half of the channel: the editor shows the address and keeps the tokens; nothing is on the disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { ControlChannel } from '../../client/src/gateway/control.ts';
import { Feed, type LoginEnd, type SecretChange } from '../../client/src/gateway/feed.ts';
import { gatewayCommand, newHello } from '../../client/src/gateway/launch.ts';
import { GatewayProcess } from '../../client/src/gateway/process.ts';
import type { GatewayStatus } from '../../server/src/protocol/control.ts';
import { bundle } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { OAuthServers } from '../support/servers/oauth.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Editor extends AsyncDisposable {
  readonly channel: ControlChannel;
  /** As the secret storage has it. */
  readonly kept: Record<string, string>;
  readonly log: string[];
  until(test: (status: GatewayStatus) => boolean): Promise<void>;
  loginEnd(): Promise<LoginEnd>;
}

async function open(folder: Folder, logins: Record<string, string> = {}): Promise<Editor> {
  const plan = {
    program: bundle,
    folder: folder.path,
    servers: ['guarded'],
    stateFolder: folder.file('state'),
    port: 0,
  };
  const hello = newHello({ inputs: {}, logins });
  const log: string[] = [];
  const command = gatewayCommand(plan, process.execPath, process.env);
  const gateway = new GatewayProcess(command, hello, ({ text }) => void log.push(text));
  const { port } = await gateway.listening;
  const channel = new ControlChannel(port, hello.controlToken);
  const kept = { ...logins };
  const seen = new EventTarget();
  const ends: LoginEnd[] = [];
  let newest: GatewayStatus | undefined;
  const feed = new Feed(channel, {
    status: (status) => {
      newest = status;
      seen.dispatchEvent(new Event('status'));
    },
    record: () => undefined,
    tools: () => undefined,
    approvals: () => undefined,
    secret: ({ key, text }: SecretChange) => {
      if (text === undefined) delete kept[key];
      else kept[key] = text;
    },
    login: (end) => {
      ends.push(end);
      seen.dispatchEvent(new Event('login'));
    },
    problem: (message) => void log.push(message),
  });
  newest = await feed.open();
  return {
    channel,
    kept,
    log,
    async until(isReached) {
      while (!newest || !isReached(newest))
        await new Promise((resolve) => seen.addEventListener('status', resolve, { once: true }));
    },
    async loginEnd() {
      while (ends.length === 0) await new Promise((resolve) => seen.addEventListener('login', resolve, { once: true }));
      return ends.splice(0)[0] as LoginEnd;
    },
    async [Symbol.asyncDispose]() {
      feed.close();
      await gateway.stop();
    },
  };
}

const workspace = (servers: OAuthServers): Promise<Folder> =>
  makeFolder({
    '.vscode/mcp.json': JSON.stringify({ servers: { guarded: { type: 'http', url: servers.url } } }),
    'policy.json': JSON.stringify({ version: '1', server: 'guarded', default: 'allow' }),
  });

const stateOf = ({ servers: [server] }: GatewayStatus): string | undefined => server?.state;
const isAsked = ({ servers: [server] }: GatewayStatus): boolean => server?.login === 'needed';

test('the server asks, the editor is given the address, and the next gateway needs no login', async () => {
  await using servers = await OAuthServers.start();
  await using folder = await workspace(servers);
  const kept: Record<string, string> = {};
  {
    await using editor = await open(folder);
    await editor.until(isAsked);
    const { url = '' } = await editor.channel.login('guarded');
    expect(new URL(url).origin).toBe(servers.issuer);
    await servers.consent(url);
    expect(await editor.loginEnd()).toEqual({ event: 'login', server: 'guarded' });
    await editor.until((status) => stateOf(status) === 'ready' && !isAsked(status));
    Object.assign(kept, editor.kept);
    expect(editor.log.join('\n')).toContain('Portcullis: Log In to a Server');
    expectNoSecrets(folder, servers, editor.log);
  }
  expect(Object.values(kept).join('')).toContain(servers.secrets.at(-1));
  servers.expire();
  await using next = await open(folder, kept);
  await next.until((status) => stateOf(status) === 'ready');
  expect(servers.tokenRequests('refresh_token')).toHaveLength(1);
  expect(Object.values(next.kept).join('')).toContain(servers.secrets.at(-1));
  expect(await next.channel.logout('guarded')).toEqual({});
  expectNoSecrets(folder, servers, next.log);
});

test('a login that fails is told, and so is one that cannot begin', async () => {
  await using servers = await OAuthServers.start();
  await using folder = await workspace(servers);
  await using editor = await open(folder);
  await editor.until(isAsked);
  servers.alter.iss = 'https://evil.example';
  await servers.consent((await editor.channel.login('guarded')).url ?? '');
  expect((await editor.loginEnd()).problem).toContain('does not come from');
  servers.alter.serverMetadata = { authorization_endpoint: 'file:///etc/passwd' };
  expect((await editor.channel.login('guarded')).problem).toContain('is not an https address');
  expect((await editor.channel.login('other')).problem).toContain('There is no server "other"');
  expect(Object.values(editor.kept).join('')).not.toContain('access');
});

function expectNoSecrets(folder: Folder, servers: OAuthServers, log: readonly string[]): void {
  expect(existsSync(folder.file('state/logins'))).toBe(false);
  const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
  for (const secret of servers.secrets) for (const text of [...texts, ...log]) expect(text).not.toContain(secret);
}
