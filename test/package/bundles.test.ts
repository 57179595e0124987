import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { installedFolder } from './installed.ts';

const bundle = (name: string): string => path.join(installedFolder, 'dist', name);
const ending: (() => void)[] = [];

afterEach(() => {
  for (const end of ending.splice(0)) end();
});

describe('each bundle starts by itself, away from node_modules', () => {
  it('the command line prints its help', () => {
    const { status, stdout } = spawnSync(process.execPath, [bundle('portcullis.js'), '--help'], { encoding: 'utf8' });
    expect(stdout).toContain('portcullis');
    expect(status).toBe(0);
  });

  it.each([
    ['dist/server.js', ['server.js', '--stdio']],
    ['portcullis lsp', ['portcullis.js', 'lsp', '--stdio']],
  ])('the language server answers initialize (%s)', async (_, [name = '', ...args]) => {
    const server = spawn(process.execPath, [bundle(name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    ending.push(() => server.kill());
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    // A server that ends early must fail the request at once, not by a time-out.
    server.once('exit', () => connection.dispose());
    connection.listen();
    const params = { processId: process.pid, rootUri: null, capabilities: {} };
    const answer = await connection.sendRequest<{ capabilities: object }>('initialize', params);
    expect(answer.capabilities).toHaveProperty('completionProvider');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    const [code] = (await once(server, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});
