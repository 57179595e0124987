/** An agent edits how a server is started while its policy is open: the language server starts nothing that a gateway would not, with real programs. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openConfigurationRatchet } from '../../server/src/gateway/index.ts';
import { nodeRuntime, type Runtime } from '../../server/src/language/index.ts';
import { AcceptedFiles } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { collectingLog } from '../support/servers/log.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';

const { log } = collectingLog();

async function define(folder: Folder, servers: object): Promise<void> {
  await folder.write('.vscode/mcp.json', JSON.stringify({ servers }));
}

function programs(folder: Folder): { readonly main: object; readonly evil: object } {
  const { command, args } = stubLaunch({ tools: [stubTool('echo')] });
  const write = `fs.writeFileSync(${JSON.stringify(folder.file('ran'))}, '')`;
  return { main: { command, args }, evil: { command: process.execPath, args: ['-e', write] } };
}

/** A gateway starts in the folder. */
async function gatewayStarts(folder: Folder): Promise<void> {
  const user = { home: folder.path, platform: process.platform, env: {} };
  const accepted = new AcceptedFiles(folder.file('state'));
  const ratchet = openConfigurationRatchet({ folder: folder.path, user, accepted, log });
  await ratchet.look();
  ratchet.begin();
}

async function list(name: string, folder: Folder, runtime: Runtime = nodeRuntime(log)): Promise<readonly string[]> {
  const { servers } = await runtime.readConfiguration([folder.path]);
  const server = servers.find((each) => each.name === name);
  if (!server) throw new Error('It is not configured.');
  const { tools } = await runtime.listTools(server, {
    signal: AbortSignal.timeout(20_000),
    stateFolder: folder.file('state'),
    resolveInput: () => Promise.resolve(undefined),
  });
  return tools.map((tool) => tool.name);
}

test('what a person has accepted is started, and what nobody could have accepted yet', async () => {
  await using folder = await makeFolder();
  await define(folder, { main: programs(folder).main });
  expect(await list('main', folder)).toEqual(['echo']);
  await gatewayStarts(folder);
  expect(await list('main', folder)).toEqual(['echo']);
});

test.each(['main', 'added'])('a program that was put into the workspace as "%s" is not', async (name) => {
  await using folder = await makeFolder();
  const { main, evil } = programs(folder);
  await define(folder, { main });
  await gatewayStarts(folder);
  await define(folder, { main, [name]: evil });
  await expect(list(name, folder)).rejects.toThrow('A person has to accept it');
  expect(existsSync(folder.file('ran'))).toBe(false);
});

test('what was accepted is damaged: nothing is', async () => {
  await using folder = await makeFolder();
  await define(folder, { main: programs(folder).main });
  await gatewayStarts(folder);
  for (const { subject, content } of new AcceptedFiles(folder.file('state')).list())
    new AcceptedFiles(folder.file('state')).write(subject, { ...content, text: '{}' });
  await expect(list('main', folder)).rejects.toThrow('is damaged');
});
