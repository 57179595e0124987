/** What the server under test answers: 734 synthetic tools that do no work, so that what is measured is what stands in front of them. */

const TOOLS = 734;

interface Request {
  readonly id?: string | number;
  readonly method: string;
  readonly params?: { readonly protocolVersion?: string };
}

/** About 564 KB as JSON: the size of a large real list. Each tool holds a number that a careless relay would change (`1.0`). */
const toolsText = `{"tools":[${Array.from({ length: TOOLS }, (_, index) => toolText(index)).join(',')}]}`;

const callText = '{"content":[{"type":"text","text":"done"}],"isError":false}';

/** The answer as JSON text; `undefined` for a notification. */
export function answerTo(text: string): string | undefined {
  const { id, method, params } = JSON.parse(text) as Request;
  if (id === undefined) return undefined;
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},${outcomeOf(method, params)}}`;
}

function outcomeOf(method: string, params: Request['params']): string {
  switch (method) {
    case 'tools/call':
      return `"result":${callText}`;
    case 'tools/list':
      return `"result":${toolsText}`;
    case 'ping':
      return '"result":{}';
    case 'initialize':
      return `"result":${greetingText(params?.protocolVersion ?? '2025-11-25')}`;
    default:
      return '"error":{"code":-32601,"message":"There is no such method."}';
  }
}

function greetingText(protocolVersion: string): string {
  return JSON.stringify({
    protocolVersion,
    capabilities: { tools: { listChanged: true } },
    serverInfo: { name: 'bench', version: '1' },
  });
}

function toolText(index: number): string {
  const text = {
    type: 'string',
    description: 'What is written there; plain text, no markup, and nothing that is secret.',
  };
  const size = { type: 'integer', minimum: 0, description: 'How many bytes are expected at most; 0 for any number.' };
  const tool = {
    name: `tool_${String(index).padStart(3, '0')}`,
    title: `Synthetic tool ${index}`,
    description: `Writes a note to the shelf number ${index} and says so. `.padEnd(
      330,
      'It stands for a tool with a long text. ',
    ),
    inputSchema: { type: 'object', properties: { path: { type: 'string' }, size, text }, required: ['path'] },
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  };
  return JSON.stringify(tool).replace('"minimum":0', '"minimum":1.0');
}
