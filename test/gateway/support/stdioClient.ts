/** An MCP client of the SDK in front of `portcullis gateway --stdio`, run as a process. */
import { Client, type ClientOptions } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import path from 'node:path';

export const cli = path.resolve(import.meta.dirname, '../../../server/src/cli/main.ts');

/** `args`: what follows `gateway --stdio`; `prepare` may install handlers before it connects. The process ends with the client. */
export async function stdioClient(
  args: readonly string[],
  options: ClientOptions = {},
  prepare: (client: Client) => void = () => undefined,
): Promise<Client> {
  const client = new Client({ name: 'test-client', version: '1' }, options);
  prepare(client);
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', cli, 'gateway', '--stdio', ...args],
      stderr: 'ignore',
    }),
  );
  return client;
}
