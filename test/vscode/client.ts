/** A real MCP client at the gateway's endpoint. */
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
