/** An agent that can write every file of the workspace, and start the gateway again: what it edits gets it nothing, with gateways as processes. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { makeFolder, type Folder } from '../../support/folder.ts';
import { filesIn, hunt, plant } from '../../support/hunt.ts';
import { portcullis } from '../../support/cli.ts';
import { stubLaunch, stubTool } from '../../support/servers/start.ts';
import { eraClient, httpTransport } from '../support/eraClient.ts';
import { textOf } from '../support/running.ts';
import { serveFolder, type ServingGateway } from '../support/serving.ts';

const policy = (rest: object): string => JSON.stringify({ version: '1', ...rest });

async function callEcho({ urls, token }: ServingGateway, server: string): Promise<string> {
  const url = urls[server];
  if (!url) throw new Error(`There is no ${server} among ${Object.keys(urls).join()}.`);
  const client = await eraClient(httpTransport({ url, token }), { era: 'legacy' });
  try {
    return textOf(await client.callTool({ name: 'echo', arguments: {} }));
  } finally {
    await client.close();
  }
}

/** A server that only the command line names: as its policy says. */
function serveUnnamed(folder: Folder): Promise<ServingGateway> {
  const { command, args } = stubLaunch({ tools: [stubTool('echo')] });
  return serveFolder(folder, {}, ['--policy', folder.file('policy.json'), '--', command, ...args]);
}

test('a policy that gives its server another name is no first policy of another server', async () => {
  await using folder = await makeFolder({ 'policy.json': policy({ default: 'deny', server: 'one' }) });
  {
    await using gateway = await serveUnnamed(folder);
    expect(await callEcho(gateway, 'one')).toContain('POLICY DENIED');
  }
  await folder.write('policy.json', policy({ default: 'allow', server: 'two' }));
  await using gateway = await serveUnnamed(folder);
  expect(await callEcho(gateway, 'one')).toContain('POLICY DENIED');
  const { out } = await portcullis(['reload', '--state', folder.file('state')]);
  expect(out).toContain('is no longer denied by default');
}, 60_000);

test('another name does not make limits begin anew', async () => {
  const limited = (server: string): string =>
    policy({ default: 'deny', server, tools: { echo: { limits: [{ counter: 'c', window: 'month', max: 1 }] } } });
  await using folder = await makeFolder({ 'policy.json': limited('one') });
  {
    await using gateway = await serveUnnamed(folder);
    expect(await callEcho(gateway, 'one')).toBe('{}');
    await folder.write('policy.json', limited('two'));
    expect(await callEcho(gateway, 'one')).toContain('POLICY DENIED');
  }
  await using gateway = await serveUnnamed(folder);
  expect(await callEcho(gateway, 'one')).toContain('POLICY DENIED');
}, 60_000);

test('the default of an input in the workspace does not reach a server of the user', async () => {
  const input = (value: string): object => ({ id: 'where', type: 'promptString', default: value });
  await using folder = await makeFolder({
    'main.policy.json': policy({ default: 'allow', server: 'main' }),
    '.vscode/mcp.json': JSON.stringify({ inputs: [input('evil')] }),
  });
  const write = `fs.writeFileSync(${JSON.stringify(folder.file('got'))}, process.env.WHERE)`;
  const main = { command: process.execPath, args: ['-e', write], env: { WHERE: '${input:where}' } };
  await folder.write('.config/Code/User/mcp.json', JSON.stringify({ inputs: [input('good')], servers: { main } }));
  await using gateway = await serveFolder(folder, { HOME: folder.path, XDG_CONFIG_HOME: '' }, ['--server', 'main']);
  await vi.waitUntil(() => existsSync(folder.file('got')) && readFileSync(folder.file('got'), 'utf8') !== '', {
    timeout: 10_000,
  });
  expect(readFileSync(folder.file('got'), 'utf8'), gateway.said()).toBe('good');
}, 60_000);

test('a secret that stands in a definition as a default is in no file of the state', async () => {
  const secret = plant();
  const { command, args } = stubLaunch({ tools: [stubTool('echo')] });
  const main = { command, args, env: { TOKEN: `\${NOT_SET:-${secret}}` } };
  await using folder = await makeFolder({
    'main.policy.json': policy({ default: 'allow', server: 'main' }),
    '.mcp.json': JSON.stringify({ mcpServers: { main } }),
  });
  for (let starts = 0; starts < 2; starts++) {
    await using gateway = await serveFolder(folder);
    expect(await callEcho(gateway, 'main')).toBe('{}');
  }
  expect(hunt([...filesIn(folder.file('state'))], { 'the default': secret })).toEqual([]);
}, 60_000);

describe('what is found first cannot be kept, so that each start would be a first one', () => {
  const { command, args } = stubLaunch({ tools: [stubTool('echo')] });
  const files = {
    'main.policy.json': policy({ default: 'allow', server: 'main' }),
    'portcullis.json': JSON.stringify({ servers: { main: { command, args } } }),
    'state/accepted': 'is no folder',
  };

  test('a configuration is not started from', async () => {
    await using folder = await makeFolder(files);
    await expect(serveFolder(folder)).rejects.toThrow('cannot be read or kept, so nothing is started');
  }, 30_000);

  test('a policy is not in force', async () => {
    await using folder = await makeFolder(files);
    const given = ['--server', 'main', '--policy', folder.file('main.policy.json'), '--', command, ...args];
    await using gateway = await serveFolder(folder, {}, given);
    expect(await callEcho(gateway, 'main')).toContain('POLICY DENIED');
    expect(gateway.said()).toContain('so it is not in force');
  }, 30_000);
});
