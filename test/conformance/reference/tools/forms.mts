/** Tools that ask the client under the names that the scenarios of revision 2025-11-25 call. */
import {
  fromJsonSchema,
  inputResponse,
  type ElicitRequestFormParams,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { ask, askForm, askModel, askText, modelText } from './ask.mts';
import { textResult } from './result.mts';

type FormSchema = ElicitRequestFormParams['requestedSchema'];

const defaults: FormSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
};

const options = ['option1', 'option2', 'option3'];
const titled = options.map((_, index) => ({ const: `value${index + 1}`, title: `Option ${index + 1}` }));

const choices: FormSchema = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: options },
    titledSingle: { type: 'string', oneOf: titled },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
    untitledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: options } },
    titledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { anyOf: titled } },
  },
};

export function registerFormTools(server: McpServer): void {
  registerForm(server, 'test_elicitation_sep1034_defaults', defaults);
  registerForm(server, 'test_elicitation_sep1330_enums', choices);
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the user', inputSchema: textArgument<'message'>('message') },
    ({ message }, context) => describeForm(context) ?? ask({ form: askText(message, 'response') }),
  );
  server.registerTool(
    'test_sampling',
    { description: 'Asks the model', inputSchema: textArgument<'prompt'>('prompt') },
    ({ prompt }, { mcpReq }) => {
      const text = modelText(mcpReq.inputResponses, 'model');
      return text === undefined ? ask({ model: askModel(prompt) }) : textResult(`LLM response: ${text}`);
    },
  );
}

function registerForm(server: McpServer, name: string, schema: FormSchema): void {
  server.registerTool(
    name,
    { description: 'Asks the user with a form' },
    (context) => describeForm(context) ?? ask({ form: askForm('Please fill in the form', schema) }),
  );
}

function describeForm({ mcpReq }: ServerContext) {
  const answer = inputResponse(mcpReq.inputResponses, 'form');
  if (answer.kind !== 'elicit') return undefined;
  return textResult(`User response: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`);
}

function textArgument<Name extends string>(name: Name) {
  return fromJsonSchema<Record<Name, string>>({
    type: 'object',
    properties: { [name]: { type: 'string' } },
    required: [name],
  });
}
