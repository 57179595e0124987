/** The reference server's resources: text, binary, a template, and one that clients subscribe to. */
import { ResourceTemplate, type McpServer } from '@modelcontextprotocol/server';
import { PNG } from './samples.mts';

export function registerResources(server: McpServer): void {
  registerText(server, 'static-text', 'This is the content of the static text resource.');
  registerText(server, 'watched-resource', 'Nothing has happened yet.');
  const binary = { description: 'A picture', mimeType: 'image/png' };
  server.registerResource('static-binary', 'test://static-binary', binary, ({ href }) => ({
    contents: [{ uri: href, mimeType: 'image/png', blob: PNG }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  const data = { description: 'Data of one id', mimeType: 'application/json' };
  server.registerResource('template', template, data, ({ href }, { id }) => ({
    contents: [
      { uri: href, mimeType: 'application/json', text: JSON.stringify({ id, data: `Data for ID: ${String(id)}` }) },
    ],
  }));
  acceptSubscriptions(server);
}

function registerText(server: McpServer, name: string, text: string): void {
  const about = { description: 'A text', mimeType: 'text/plain' };
  server.registerResource(name, `test://${name}`, about, ({ href }) => ({
    contents: [{ uri: href, mimeType: 'text/plain', text }],
  }));
}

/** Requests of the revisions before 2026-07-28; the SDK itself serves `subscriptions/listen`. */
function acceptSubscriptions({ server }: McpServer): void {
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
}
