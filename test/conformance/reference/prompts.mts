/** The reference server's prompts: plain, with arguments (and their completion), with media, and one that asks first. */
import { fromJsonSchema, type GetPromptResult, type McpServer } from '@modelcontextprotocol/server';
import { PNG } from './samples.mts';
import { acceptedText, ask, askText } from './tools/ask.mts';

type Content = GetPromptResult['messages'][number]['content'];

export function registerPrompts(server: McpServer): void {
  server.registerPrompt('test_simple_prompt', { description: 'A text' }, () =>
    says({ type: 'text', text: 'This is a simple prompt for testing.' }),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'A picture' }, () =>
    says({ type: 'image', data: PNG, mimeType: 'image/png' }, { type: 'text', text: 'Please analyze the image.' }),
  );
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'A text with two arguments', argsSchema: textArguments<'arg1' | 'arg2'>('arg1', 'arg2') },
    ({ arg1, arg2 }) => says({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A resource', argsSchema: textArguments<'resourceUri'>('resourceUri') },
    ({ resourceUri: uri }) =>
      says(
        { type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'The content of the resource.' } },
        { type: 'text', text: 'Please process the embedded resource.' },
      ),
  );
  server.registerPrompt('test_input_required_result_prompt', { description: 'Asks first' }, ({ mcpReq }) => {
    const context = acceptedText(mcpReq.inputResponses, 'user_context', 'context');
    if (context === undefined) return ask({ user_context: askText('What context should the prompt use?', 'context') });
    return says({ type: 'text', text: `Context: ${context}` });
  });
  server.server.setRequestHandler('completion/complete', ({ params }) => ({
    completion: { values: [`${params.argument.value}-completed`], total: 1, hasMore: false },
  }));
}

function says(...contents: readonly Content[]): GetPromptResult {
  return { messages: contents.map((content) => ({ role: 'user', content })) };
}

function textArguments<Name extends string>(...names: readonly Name[]) {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return fromJsonSchema<Record<Name, string>>({ type: 'object', properties, required: [...names] });
}
