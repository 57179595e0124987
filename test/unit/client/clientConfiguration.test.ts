import { describe, expect, it } from 'vitest';
import { httpConfiguration, httpForms, stdioConfiguration } from '../../../client/src/gateway/clientConfiguration.ts';
import { gatewayCommand, newHello } from '../../../client/src/gateway/launch.ts';

const url = 'http://127.0.0.1:4100/mcp/files';

const nothingKept = { inputs: {}, logins: {} };

describe('a copied client configuration', () => {
  it.each(httpForms.map((form) => form.id))('of %s names the endpoint and a variable, never a token', (form) => {
    const text = httpConfiguration(form, 'files', url);
    expect(text).toContain(url);
    expect(text).toMatch(/"Authorization": "Bearer \$\{[\w:-]+\}"/);
  });

  it('asks VS Code for the token once, hidden while it is typed', () => {
    const text = JSON.parse(httpConfiguration('vscode', 'files', url)) as { inputs: unknown[]; servers: object };
    expect(text.inputs).toEqual([
      { type: 'promptString', id: 'portcullis-token', description: 'Token of the Portcullis gateway', password: true },
    ]);
    expect(Object.keys(text.servers)).toEqual(['files-governed']);
  });

  it('starts a gateway of its own in the stdio form', () => {
    const text = JSON.parse(stdioConfiguration('files', '/bin/portcullis', ['gateway', '--stdio'])) as object;
    expect(text).toEqual({
      mcpServers: { 'files-governed': { command: '/bin/portcullis', args: ['gateway', '--stdio'] } },
    });
  });
});

describe('the command that starts a gateway', () => {
  const plan = {
    program: '/ext/dist/portcullis.js',
    folder: '/project',
    servers: ['a', 'b'],
    stateFolder: '/state',
    port: 0,
  };

  it('names each server and runs Electron as Node', () => {
    const command = gatewayCommand(plan, '/usr/bin/code', { PATH: '/usr/bin' });
    expect(command.args).toContain('--control');
    expect(command.args.join(' ')).toContain('--server a --server b');
    expect(command.args).not.toContain('--port');
    expect(command.env).toEqual({ PATH: '/usr/bin', ELECTRON_RUN_AS_NODE: '1' });
    expect(command.cwd).toBe('/project');
  });

  it('keeps secrets off the command line and makes a new control token each time', () => {
    const hello = newHello({ inputs: { key: 'secret' }, logins: { key: 'secret' } });
    expect(Buffer.from(hello.controlToken, 'base64url')).toHaveLength(32);
    expect(newHello(nothingKept).controlToken).not.toBe(hello.controlToken);
    expect(JSON.stringify(gatewayCommand(plan, 'node', {}))).not.toContain('secret');
  });
});
