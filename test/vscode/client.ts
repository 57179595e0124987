/** A real MCP client at the gateway's endpoint, and the token that it shows. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export interface Agent {
  tools(): Promise<string[]>;
  /** The text of the result, and whether it is an error. */
  call(
    tool: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly text: string; readonly isError: boolean }>;
  close(): Promise<void>;
}

export async function connectAgent(url: string, token: string, name = 'story-agent'): Promise<Agent> {
  const client = new Client({ name, version: '1.0.0' });
  const headers = { Authorization: `Bearer ${token}` };
  // The SDK's own types disagree about optional properties here.
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  await client.connect(transport);
  return {
    tools: async () => (await client.listTools()).tools.map((tool) => tool.name),
    call: async (tool, args) => {
      const result = await client.callTool({ name: tool, arguments: args });
      return { text: JSON.stringify(result.content), isError: result.isError === true };
    },
    close: async () => await client.close(),
  };
}

/** `dataDir`: of a VS Code whose gateway has listened. */
export async function readToken(dataDir: string): Promise<string> {
  for await (const file of glob('**/local.token', { cwd: dataDir })) {
    return (await readFile(path.join(dataDir, file), 'utf8')).trim();
  }
  throw new Error('the gateway has written no token');
}
