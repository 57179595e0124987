/**
 * What the reference server offers: everything that the conformance suite asks for, under the names it asks for. It is
 * built on the SDK, so that what passes here in front of it, and not through the gateway, is the gateway's doing.
 */
import { McpServer } from '@modelcontextprotocol/server';
import { registerPrompts } from './prompts.mts';
import { registerResources } from './resources.mts';
import { registerActivityTools, type Announcer } from './tools/activity.mts';
import { registerContentTools } from './tools/content.mts';
import { registerFormTools } from './tools/forms.mts';
import { registerRoundTools, roundState } from './tools/rounds.mts';
import { registerSchemaTools } from './tools/schemas.mts';

/** `announce` is needed where each request has an instance of its own, so that it cannot tell the others. */
export function createReferenceServer(announce?: Announcer): McpServer {
  const server = new McpServer(
    { name: 'portcullis-reference-server', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        logging: {},
        completions: {},
      },
      requestState: roundState,
    },
  );
  const ownAnnouncer: Announcer = {
    toolsChanged: () => server.sendToolListChanged(),
    promptsChanged: () => server.sendPromptListChanged(),
  };
  registerContentTools(server);
  registerActivityTools(server, announce ?? ownAnnouncer);
  registerFormTools(server);
  registerRoundTools(server);
  registerSchemaTools(server);
  registerResources(server);
  registerPrompts(server);
  return server;
}
