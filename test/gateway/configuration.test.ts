/** The configuration under the ratchet, with gateways as processes: an agent edits files and restarts the gateway, and nothing becomes looser by that. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import type { AuditRecord } from '../../server/src/protocol/audit.ts';
import { jsonLines, portcullis } from '../support/cli.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { filesIn, hunt, plant } from '../support/hunt.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { atTerminal, homeWith } from '../support/terminal.ts';
import { eraClient, httpTransport } from './support/eraClient.ts';
import { serveFolder, type ServingGateway } from './support/serving.ts';
import { textOf } from './support/running.ts';

type Json = Record<string, unknown>;

const ERAS = ['legacy', 'modern'] as const;
const policy = { version: '1', default: 'allow', server: 'main', tools: { other: { action: 'deny' } } };

function definition(record: string, more: Json = {}): Json {
  const { command, args } = stubLaunch({ tools: ['echo', 'other'].map(stubTool), record });
  return { command, args, ...more };
}

async function configured(folder: Folder, main: Json, rest: Json = {}): Promise<void> {
  await folder.write('portcullis.json', JSON.stringify({ servers: { main }, ...rest }));
}

async function prepared(main: Json = {}): Promise<Folder> {
  const folder = await makeFolder({ 'main.policy.json': JSON.stringify(policy) });
  await configured(folder, definition(folder.file('received'), main));
  return folder;
}

/** What a client of that era is answered. */
async function call(gateway: ServingGateway, tool: string, era: (typeof ERAS)[number] = 'legacy'): Promise<string> {
  const { main } = gateway.urls;
  if (!main) throw new Error('The server is not served.');
  let client: Awaited<ReturnType<typeof eraClient>> | undefined;
  try {
    client = await eraClient(httpTransport({ url: main, token: gateway.token }), { era });
    return textOf(await client.callTool({ name: tool, arguments: {} }));
  } catch (error) {
    return String(error);
  } finally {
    await client?.close();
  }
}

async function restarted<T>(folder: Folder, use: (gateway: ServingGateway) => Promise<T>): Promise<T> {
  await using gateway = await serveFolder(folder);
  return await use(gateway);
}

const reload = (folder: Folder, ...args: string[]): ReturnType<typeof portcullis> =>
  portcullis(['reload', '--state', folder.file('state'), ...args]);

async function accepts(folder: Folder): Promise<void> {
  await using home = await homeWith({ shell: true });
  const { code, err } = await atTerminal(['reload', '--accept', '--state', folder.file('state')], home);
  expect(code, err).toBe(0);
}

async function recordsIn(folder: Folder): Promise<readonly AuditRecord[]> {
  const { out } = await portcullis(['audit', 'export', '--format', 'jsonl', '--state', folder.file('state')]);
  return jsonLines(out) as AuditRecord[];
}

const ACCEPTED_AT_FIRST = 'is taken as it is';

test('an agent turns enforcement off and restarts the gateway: it stays on, in both eras, until a person accepts; then the log shows who', async () => {
  await using folder = await prepared();
  await restarted(folder, async (gateway) => {
    expect(gateway.said()).toContain(ACCEPTED_AT_FIRST);
    await configured(folder, definition(folder.file('received'), { mode: 'observe' }));
    await vi.waitUntil(() => gateway.said().includes('waits for a person'), { timeout: 10_000 });
    expect(await call(gateway, 'other')).toContain('POLICY DENIED');
  });
  await restarted(folder, async (gateway) => {
    expect(gateway.said()).not.toContain(ACCEPTED_AT_FIRST);
    for (const era of ERAS) expect(await call(gateway, 'other', era), era).toContain('POLICY DENIED');
    expect(await call(gateway, 'echo')).toBe('{}');
  });
  const waiting = await reload(folder);
  expect(waiting.code).toBe(1);
  expect(waiting.out).toContain('main: its policy is not enforced any more');

  await accepts(folder);
  expect(await reload(folder)).toMatchObject({ code: 0 });
  await restarted(folder, async (gateway) => {
    for (const era of ERAS) expect(await call(gateway, 'other', era), era).toBe('{}');
  });
  const records = await recordsIn(folder);
  expect(records.filter(({ kind }) => kind === 'acceptance')).toMatchObject([
    {
      what: 'configuration',
      server: '',
      file: folder.file('portcullis.json'),
      loosened: [{ about: 'main', what: 'its policy is not enforced any more ("mode": "observe")' }],
      approver: 'shell',
    },
  ]);
  const list = await portcullis(['audit', 'list', '--state', folder.file('state')]);
  expect(list.out).toMatch(/accepted .*\(configuration\) +main: its policy is not enforced/);
  expect((await portcullis(['audit', 'verify', '--state', folder.file('state')])).code).toBe(0);
}, 60_000);

test('a tightening holds from the next start on, without anybody; taking it back waits', async () => {
  await using folder = await prepared();
  await restarted(folder, async (gateway) => {
    expect(await call(gateway, 'echo')).toBe('{}');
  });
  await configured(folder, definition(folder.file('received'), { methods: { 'tools/call': 'deny' } }));
  expect((await reload(folder)).code).toBe(0);
  await restarted(folder, async (gateway) => {
    expect(await call(gateway, 'echo')).toContain('tools/call');
  });
  await configured(folder, definition(folder.file('received')));
  await restarted(folder, async (gateway) => {
    expect(await call(gateway, 'echo')).toContain('tools/call');
  });
  expect((await reload(folder)).out).toContain('clients may use "tools/call"');
}, 60_000);

describe('the definition of a server', () => {
  test('that runs another program: the accepted one runs, and the other never does', async () => {
    await using folder = await prepared();
    await restarted(folder, (gateway) => call(gateway, 'echo'));
    const before = readFileSync(folder.file('received'), 'utf8').length;
    const evil = {
      command: process.execPath,
      args: ['-e', `fs.writeFileSync(${JSON.stringify(folder.file('ran'))}, '')`],
    };
    await configured(folder, evil);
    await restarted(folder, async (gateway) => {
      expect(await call(gateway, 'echo')).toBe('{}');
    });
    expect(existsSync(folder.file('ran'))).toBe(false);
    expect(readFileSync(folder.file('received'), 'utf8').length).toBeGreaterThan(before);
    const { out } = await reload(folder);
    expect(out).toContain('main: runs another command: ["');
    expect(out).toContain('writeFileSync');
  }, 60_000);

  test('that gets another environment: what was in it is not kept, so nothing is started; no file of the state holds it', async () => {
    const secrets = { 'the environment': plant() };
    const env = { TOKEN: secrets['the environment'] };
    await using folder = await prepared({ env });
    await restarted(folder, async (gateway) => {
      expect(await call(gateway, 'echo')).toBe('{}');
    });
    await configured(
      folder,
      definition(folder.file('received'), { env: { TOKEN: 'x', NODE_OPTIONS: '--require evil' } }),
    );
    await restarted(folder, async (gateway) => {
      expect(await call(gateway, 'echo')).toContain('has been edited');
    });
    const { out } = await reload(folder);
    expect(out).toContain('the environment variable NODE_OPTIONS has another value');
    expect(out).toContain('the environment variable TOKEN has another value');
    expect(out).not.toContain('--require evil');
    await configured(folder, definition(folder.file('received'), { env, cwd: folder.path }));
    await restarted(folder, async (gateway) => {
      expect(await call(gateway, 'echo')).toBe('{}');
    });
    expect(hunt([...filesIn(folder.file('state'))], secrets)).toEqual([]);
  }, 60_000);

  test('that is new waits, while the others are served', async () => {
    await using folder = await prepared();
    await restarted(folder, (gateway) => call(gateway, 'echo'));
    const record = folder.file('received');
    await folder.write(
      'portcullis.json',
      JSON.stringify({ servers: { main: definition(record), added: definition(folder.file('other')) } }),
    );
    await restarted(folder, async (gateway) => {
      expect(await call(gateway, 'echo')).toBe('{}');
      await vi.waitUntil(() => gateway.said().includes('is new in the configuration of this folder'), {
        timeout: 10_000,
      });
    });
    expect(existsSync(folder.file('other'))).toBe(false);
    await accepts(folder);
    await restarted(folder, async () => {
      await vi.waitUntil(() => existsSync(folder.file('other')), { timeout: 10_000 });
    });
  }, 60_000);
});

test('what was accepted is damaged: the gateway does not start', async () => {
  await using folder = await prepared();
  await restarted(folder, (gateway) => call(gateway, 'echo'));
  for (const [name, text] of filesIn(folder.file('state/accepted')))
    if (String(text).includes('"configuration"'))
      await folder.write(`state/accepted/${name}`, String(text).replace('\\"format\\":1', '\\"format\\":9'));
  await expect(serveFolder(folder)).rejects.toThrow('is damaged');
}, 60_000);
