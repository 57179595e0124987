/** A demo MCP server on stdio: `node out/examples/binance.js`. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { Exchange } from './exchange.ts';
import { demoTools, type Arguments } from './tools.ts';

const exchange = new Exchange();
const server = new Server({ name: 'binance-demo', version: '1.0.0' }, { capabilities: { tools: {} } });

server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: demoTools.map(({ name, description, properties, required }) => ({
    name,
    description,
    inputSchema: { type: 'object' as const, properties, required: [...required], additionalProperties: false },
  })),
}));

server.setRequestHandler(CallToolRequestSchema, (request): CallToolResult => {
  const tool = demoTools.find((each) => each.name === request.params.name);
  if (!tool) return failure(`Unknown tool ${request.params.name}`);
  try {
    const result = tool.run(exchange, readArguments(request.params.arguments ?? {}));
    return { content: [{ type: 'text', text: JSON.stringify(result) }] };
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
});

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

function readArguments(given: Readonly<Record<string, unknown>>): Arguments {
  const demand = (name: string, type: 'string' | 'number'): unknown => {
    const value = given[name];
    if (typeof value !== type) throw new Error(`"${name}" must be a ${type}.`);
    return value;
  };
  return {
    string: (name) => demand(name, 'string') as string,
    number: (name) => demand(name, 'number') as number,
    has: (name) => given[name] !== undefined,
  };
}

void server.connect(new StdioServerTransport());
