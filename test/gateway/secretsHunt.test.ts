/**
 * Secrets are planted wherever a session has some, in both eras and over both transports; then everything that the gateway leaves behind is
 * searched: every file of the state folder, what it says, its control channel, exports, what a collector gets, command lines of its processes.
 */
import http from 'node:http';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controlRoutes } from '../../server/src/protocol/control.ts';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { filesIn, formsIn, hunt, plant } from '../support/hunt.ts';
import { eraLaunch, startEraServer, startStub, stubLaunch, stubTool } from '../support/servers/start.ts';
import { startCollector } from './support/collector.ts';
import { openEditor } from './support/editor.ts';
import { eraClient, httpTransport } from './support/eraClient.ts';
import { send } from './support/http.ts';
import { CONTROL_TOKEN, runGateway } from './support/running.ts';
import { serveFolder, type ServingGateway } from './support/serving.ts';

const policy = {
  version: '1',
  default: 'allow',
  hide: ['hidden'],
  tools: {
    denied: { deny_if: [{ path: 'args.message', op: 'regex', value: '^Planted' }] },
    spend: { limits: [{ counter: 'spent', max: 1, window: 'day', increment_from: 'args.message' }] },
  },
};

const names = ['echo', 'denied', 'hidden', 'spend'];
const tools = names.map(stubTool);

/** Calls that are allowed, denied by a condition, hidden, over a limit, broken, and of somebody else. */
async function converse(gateway: ServingGateway, url: URL, secrets: Readonly<Record<string, string>>): Promise<void> {
  for (const era of ['legacy', 'modern'] as const) {
    const client = await eraClient(httpTransport({ url, token: gateway.token }), { era });
    for (const name of names)
      await client.callTool({ name, arguments: { message: secrets['an argument'] } }).catch(() => undefined);
    await client.close();
  }
  const at = { url, token: gateway.token };
  const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"${String(secrets['a broken message'])}"`;
  expect((await send(at, { body })).status).toBe(400);
  expect((await send({ ...at, token: String(secrets['a wrong token']) })).status).toBe(401);
  await send(at, { headers: { cookie: `session=${String(secrets['a cookie'])}`, 'x-api-key': secrets['a header'] } });
}

/** Command lines of all processes but those; nothing where the system does not show them as files. */
function commandLines(except: readonly (number | undefined)[]): string {
  if (!existsSync('/proc/self/cmdline')) return '';
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !except.includes(Number(name)));
  return pids
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}

describe('a planted secret', { timeout: 60_000 }, () => {
  it('is found nowhere after sessions of both eras with servers of both transports', async () => {
    const kinds = [
      'an argument',
      'a broken message',
      'a wrong token',
      'a cookie',
      'a header',
      'the environment',
      'a server’s token',
    ];
    const secrets = Object.fromEntries(kinds.map((name) => [name, plant()]));
    await using received = await makeFolder();
    const record = received.file('messages');
    const authorization = `Bearer ${String(secrets['a server’s token'])}`;
    await using remote = await startStub({ kind: 'http', authorization }, { tools, record });
    await using newer = await startEraServer({ eras: 'modern' });
    const headers = { Authorization: 'Bearer ${env:HUNT_TOKEN}' };
    const local = stubLaunch({ tools, record: received.file('local') });
    const servers = {
      local: { command: local.command, args: local.args, env: { HUNTED: '${env:HUNT_ENVIRONMENT}' } },
      remote: { url: remote.launch.url, headers },
      newer: { url: newer.launch.url, headers },
    };
    await using folder = await makeFolder({ 'portcullis.json': JSON.stringify({ servers, audit: { values: true } }) });
    for (const server of Object.keys(servers))
      await folder.write(`${server}.policy.json`, JSON.stringify({ ...policy, server }));
    await using collector = await startCollector();
    await using gateway = await serveFolder(folder, {
      HUNT_ENVIRONMENT: String(secrets['the environment']),
      HUNT_TOKEN: String(secrets['a server’s token']),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });

    for (const url of Object.values(gateway.urls)) await converse(gateway, url, secrets);

    const state = folder.file('state');
    const token = gateway.token;
    const whileRunning = [...filesIn(state)];
    // The server that wants a token was started with it, by this test.
    const processes = commandLines([process.pid, remote.process.pid]);
    await gateway.stop();
    const commands = [
      ...['jsonl', 'csv', 'otlp'].map((format) => ['audit', 'export', '--format', format]),
      ['audit', 'list'],
      ['audit', 'stats'],
      ['replay', folder.file('local.policy.json')],
    ];
    const printed = await Promise.all(
      commands.map(async (args) => {
        const { code, out, err } = await portcullis([...args, '--state', state]);
        expect(code, err).toBe(0);
        return [args.join(' '), out + err] as const;
      }),
    );
    const places = [
      ...whileRunning,
      ...filesIn(state),
      ['what it said', gateway.said()],
      ['what the collector got', JSON.stringify(collector.received)],
      ['the command lines of processes', processes],
      ...printed,
    ] as const;
    expect(hunt(places, secrets)).toEqual([]);
    // Also not where it is kept, since a condition looks at it: there it is sealed.
    expect([...filesIn(state).keys()]).toContain('values.db');
    // The grant's own token has its file, and stands nowhere else.
    expect(
      hunt(
        places.filter(([place]) => place !== 'local.token'),
        { 'the grant': token },
      ),
    ).toEqual([]);

    // All of that has happened: the secrets arrived, the calls are on record, the collector heard of them.
    expect(formsIn(readFileSync(record), String(secrets['an argument']))).toContain('plain');
    expect(formsIn(readFileSync(received.file('local')), String(secrets['an argument']))).toContain('plain');
    const exported = String(printed[0]?.[1]);
    for (const rule of [
      '(hidden)',
      'args.message-regex',
      '/limits/spent',
      '(invalid request)',
      '"argKeys":["message"]',
    ])
      expect(exported).toContain(rule);
    for (const server of Object.keys(servers)) expect(exported).toContain(`"server":"${server}"`);
    expect(collector.logs().length).toBeGreaterThan(20);
  });

  it.each(['legacy', 'modern'] as const)(
    'is in nothing but the question itself while a person is asked (%s)',
    async (era) => {
      const secrets = { 'an argument': plant() };
      const held = { version: '1', default: 'deny', tools: { echo: { action: 'require_approval' } } };
      await using running = await runGateway(eraLaunch({ eras: 'both' }), { policy: held });
      using editor = await openEditor(running.gateway);
      const client = await eraClient(httpTransport(running), { era });

      const answer = client.callTool({ name: 'echo', arguments: { message: secrets['an argument'] } });
      const [call] = await editor.sees();
      expect(call?.arguments).toContain(secrets['an argument']);
      const places = (): readonly (readonly [string, Uint8Array | string])[] => [
        ...filesIn(running.folder.file('state')),
        ['the log', JSON.stringify(running.log)],
      ];
      expect(hunt(places(), secrets)).toEqual([]);

      expect(await editor.decide(call, 'once')).toEqual({ ok: true });
      // The result goes to the agent, and holds it.
      expect(JSON.stringify(await answer)).toContain(secrets['an argument']);
      await expect.poll(() => running.outcomes().map(({ outcome }) => outcome)).toEqual(['approved', 'ok']);
      await client.close();
      expect(hunt([...places(), ['the control channel', await firstEvents(running.gateway.port)]], secrets)).toEqual(
        [],
      );
    },
  );
});

/** What the control channel begins with: status, newest records, what waits. */
async function firstEvents(port: number): Promise<string> {
  const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: controlRoutes.events, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('error', () => undefined);
      response.on('data', (chunk: string) => {
        text += chunk;
        if (!text.includes('"outcome":"ok"') || !text.endsWith('\n')) return;
        request.destroy();
        resolve(text);
      });
    });
    request.once('error', reject);
  });
}

describe('the hunt itself', () => {
  it.each([
    ['as it is', (secret: string) => `x${secret}y`, 'plain'],
    ['in a URL', (secret: string) => encodeURIComponent(`ä ${secret}`), 'plain'],
    ['in hexadecimal', (secret: string) => Buffer.from(secret).toString('hex').toUpperCase(), 'hexadecimal'],
    ['in UTF-16', (secret: string) => Buffer.from(`ab${secret}`, 'utf16le'), 'UTF-16'],
    ['in base64', (secret: string) => Buffer.from(secret).toString('base64'), 'base64 at 0'],
    ['one byte into base64', (secret: string) => Buffer.from(`a${secret}b`).toString('base64'), 'base64 at 1'],
    ['two bytes into base64url', (secret: string) => Buffer.from(`ab${secret}`).toString('base64url'), 'base64 at 2'],
  ])('finds a secret %s', (_, hide, form) => {
    const secret = plant();
    expect(formsIn(hide(secret), secret)).toContain(form);
    expect(formsIn(hide(plant()), secret)).toEqual([]);
  });
});
