/**
 * What the client does in each client scenario of the suite: the least that lets the scenario see what it looks for. Add a
 * scenario here and in ways.mts, and it is run.
 */
import type { Client, ClientOptions, Tool } from '@modelcontextprotocol/client';
import { visitProtected } from './authorization.mts';
import { connect, type Connection, type ScenarioRun } from './connect.mts';

type Scenario = (run: ScenarioRun) => Promise<void>;

/** The scenario of that name. Throws where none is written. */
export function scenarioNamed(name: string): Scenario {
  if (name.startsWith('auth/')) return (run) => visitProtected(name, run);
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`Nothing is written for "${name}" in test/conformance/client/scenarios.mts.`);
  return scenario;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  initialize: (run) => withClient(run, async (client) => void (await client.listTools())),
  tools_call: (run) => withClient(run, (client) => callAfterListing(client, 'add_numbers', { a: 5, b: 3 })),
  'sse-retry': (run) => withClient(run, (client) => callAfterListing(client, 'test_reconnection')),
  'request-metadata': (run) => withClient(run, async (client) => void (await client.listTools())),
  'json-schema-ref-no-deref': (run) => withClient(run, async (client) => void (await client.listTools())),
  'http-standard-headers': (run) => withClient(run, useEverything),
  'http-custom-headers': (run) => withClient(run, (client) => makeCalls(client, run.context)),
  'http-invalid-tool-headers': (run) => withClient(run, callAll),
  'json-schema-2020-12-preservation': (run) => withClient(run, echoSchema),
  'elicitation-sep1034-client-defaults': acceptDefaults,
  'sep-2322-client-request-state': goThroughRounds,
};

async function withClient(run: ScenarioRun, use: (client: Client) => Promise<void>): Promise<void> {
  await using connection = await open(run);
  await use(connection.client);
}

function open(run: ScenarioRun, options: ClientOptions = {}, prepare?: (client: Client) => void): Promise<Connection> {
  const isModern = run.revision >= '2026-07-28';
  const mode = isModern ? { pin: run.revision } : 'legacy';
  return connect(run.route, run.serverUrl, { versionNegotiation: { mode }, ...options }, prepare);
}

async function callAfterListing(client: Client, name: string, args: Record<string, unknown> = {}): Promise<void> {
  toolNamed(name, (await client.listTools()).tools);
  await client.callTool({ name, arguments: args });
}

function toolNamed(name: string, tools: readonly Tool[]): Tool {
  const found = tools.find((tool) => tool.name === name);
  if (!found) throw new Error(`The list of tools lacks "${name}".`);
  return found;
}

async function useEverything(client: Client): Promise<void> {
  await callAll(client);
  for (const { uri } of (await client.listResources()).resources) await client.readResource({ uri });
  for (const { name } of (await client.listPrompts()).prompts) await client.getPrompt({ name });
}

/** Calls each listed tool with a text for each property. */
async function callAll(client: Client): Promise<void> {
  for (const { name, inputSchema } of (await client.listTools()).tools) {
    const args = Object.fromEntries(Object.keys(inputSchema.properties ?? {}).map((key) => [key, 'text']));
    await client.callTool({ name, arguments: args });
  }
}

interface WantedCall {
  readonly name: string;
  readonly arguments: Record<string, unknown>;
}

async function makeCalls(client: Client, context: ScenarioRun['context']): Promise<void> {
  await client.listTools();
  for (const call of context['toolCalls'] as readonly WantedCall[]) await client.callTool(call);
}

async function echoSchema(client: Client): Promise<void> {
  const { inputSchema } = toolNamed('json_schema_2020_12_tool', (await client.listTools()).tools);
  await client.callTool({ name: 'json_schema_echo', arguments: { schema: inputSchema } });
}

async function acceptDefaults(run: ScenarioRun): Promise<void> {
  const capabilities = { elicitation: { form: { applyDefaults: true } } };
  await using connection = await open(run, { capabilities }, (client) =>
    client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: {} })),
  );
  await callAfterListing(connection.client, 'test_client_elicitation_defaults');
}

async function goThroughRounds(run: ScenarioRun): Promise<void> {
  const capabilities = { elicitation: { form: {} } };
  await using connection = await open(run, { capabilities }, (client) =>
    client.setRequestHandler('elicitation/create', async () => {
      // A call of another tool between two rounds must not carry anything of them.
      await client.callTool({ name: 'test_mrtr_unrelated', arguments: {} });
      return { action: 'accept', content: { confirmed: true } };
    }),
  );
  const { client } = connection;
  await client.listTools();
  await client.callTool({ name: 'test_mrtr_echo_state', arguments: {} });
  await client.callTool({ name: 'test_mrtr_no_state', arguments: {} });
  // The SDK's client takes a result without its type for broken, as the revision lets it; it does not ask again, and that counts.
  await client.callTool({ name: 'test_mrtr_no_result_type', arguments: {} }).catch(() => undefined);
}
