/** Tools that answer at once: one for each kind of content, and one that fails. */
import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { PNG, WAV } from '../samples.mts';

type Content = CallToolResult['content'];

const image: Content[number] = { type: 'image', data: PNG, mimeType: 'image/png' };

const answers: Readonly<Record<string, Content>> = {
  test_simple_text: [{ type: 'text', text: 'This is a simple text response for testing.' }],
  test_image_content: [image],
  test_audio_content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }],
  test_embedded_resource: [embedded('test://embedded-resource', 'text/plain', 'An embedded resource.')],
  test_multiple_content_types: [
    { type: 'text', text: 'Text, an image and a resource:' },
    image,
    embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ],
};

export function registerContentTools(server: McpServer): void {
  for (const [name, content] of Object.entries(answers)) {
    server.registerTool(name, { description: `Answers with ${content.map(({ type }) => type).join(', ')}` }, () => ({
      content,
    }));
  }
  server.registerTool('test_error_handling', { description: 'Always fails' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
}

function embedded(uri: string, mimeType: string, text: string): Content[number] {
  return { type: 'resource', resource: { uri, mimeType, text } };
}
