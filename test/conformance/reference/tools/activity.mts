/** Tools that do something besides answering: log, report progress, change lists, break off their stream. */
import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { textResult } from './result.mts';

/** How a list change is announced; that depends on the face and on the era. */
export interface Announcer {
  toolsChanged(): void;
  promptsChanged(): void;
}

export function registerActivityTools(server: McpServer, announce: Announcer): void {
  server.registerTool('test_tool_with_logging', { description: 'Logs three times' }, async ({ mcpReq }) => {
    for (const step of ['started', 'processing data', 'completed']) await mcpReq.log('info', `Tool execution ${step}`);
    return textResult('Logged three times.');
  });
  server.registerTool(
    'test_logging_tool',
    { description: 'Logs once, if the request asks for it' },
    async (context) => {
      await context.mcpReq.log('info', 'Logged once.');
      return textResult('Logged if asked for.');
    },
  );
  server.registerTool('test_tool_with_progress', { description: 'Reports progress' }, reportProgress);
  server.registerTool('test_reconnection', { description: 'Breaks off its stream, then answers' }, ({ http }) => {
    http?.closeSSE?.();
    return textResult('Whoever reads this has resumed the stream.');
  });
  registerChange(server, 'tool', () => announce.toolsChanged());
  registerChange(server, 'prompt', () => announce.promptsChanged());
}

async function reportProgress({ mcpReq }: ServerContext) {
  const progressToken = mcpReq._meta?.progressToken;
  for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
    await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
  }
  return textResult('Reported progress.');
}

function registerChange(server: McpServer, list: 'tool' | 'prompt', announce: () => void): void {
  server.registerTool(`test_trigger_${list}_change`, { description: `Says that the list of ${list}s changed` }, () => {
    announce();
    return textResult('Announced.');
  });
}
