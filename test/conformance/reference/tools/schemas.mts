/** Tools that are about their own input schema: JSON Schema 2020-12, and arguments repeated in HTTP headers. */
import { fromJsonSchema, type JsonSchemaType, type McpServer } from '@modelcontextprotocol/server';
import { textResult } from './result.mts';

/** Every keyword here has been lost by some gateway: references, composition, conditions, closed objects. */
const modern: JsonSchemaType = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

const annotated: JsonSchemaType & { readonly 'x-mcp-header': string } = { type: 'string', 'x-mcp-header': 'Region' };
const mirrored: JsonSchemaType = { type: 'object', properties: { region: annotated } };

export function registerSchemaTools(server: McpServer): void {
  server.registerTool(
    'json_schema_2020_12_tool',
    { description: 'Takes what JSON Schema 2020-12 can describe', inputSchema: fromJsonSchema(modern) },
    (input) => textResult(JSON.stringify(input)),
  );
  server.registerTool(
    'test_header_argument',
    { description: 'Wants its argument in a header, too', inputSchema: fromJsonSchema(mirrored) },
    (input) => textResult(JSON.stringify(input)),
  );
}
