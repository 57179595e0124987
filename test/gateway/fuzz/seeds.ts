/** Well-formed messages of a client, to be mutated: mostly tool calls, and some of everything else that a client may send. */
import { looseFrom, text, type Loose } from './looseJson.ts';
import type { Random } from './random.ts';
import { FOREIGN_TASK, TOOLS } from './world.ts';

const ALLOWED = ['open', 'open', 'pay', 'limited'];
const NAMES = [...TOOLS, ...ALLOWED, ...ALLOWED, 'Closed', 'ｃlosed', 'closed ', 'constructor', '__proto__', '', '*'];
export const AMOUNTS = [
  '1',
  '10',
  '10.0',
  '1e1',
  '0',
  '-0',
  '-1',
  '1000',
  '1e3',
  '10.000000000000000001',
  '1e400',
  '"1"',
  '"1000"',
  'null',
  '[1000]',
  '{}',
  'true',
  '9007199254740993',
  '0.1e2',
];

/** A call that every policy lets through, and whose answer holds its `tag`. */
export function controlCall(id: string | number, tag: string): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'open', arguments: { amount: 1, tag } } };
}

/** What a request of the modern era says of its client, with each request. */
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'fuzz', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

export interface Seed {
  readonly message: Loose;
  /** Of the modern era: what its headers repeat over HTTP. */
  readonly repeated?: { readonly method: string; readonly name?: string };
}

/** `id` goes into requests. One in three is of the modern era, which has no sessions. */
export function seed(random: Random, id: string | number): Seed {
  const message = legacySeed(random, id);
  if (!random.once(3) || message.kind !== 'object') return { message };
  const [method, params] = ['method', 'params'].map((key) => message.members.find(([each]) => each === key)?.[1]);
  const meta: [string, Loose] = ['_meta', looseFrom(envelope)];
  let name: Loose | undefined;
  if (params?.kind === 'object') {
    params.members.push(meta);
    name = params.members.find(([key]) => key === 'name' || key === 'uri')?.[1];
  } else message.members.push(['params', { kind: 'object', members: [meta] }]);
  const said = name?.kind === 'text' ? { name: JSON.parse(name.text) as string } : {};
  return { message, repeated: { method: method?.kind === 'text' ? (JSON.parse(method.text) as string) : '', ...said } };
}

function legacySeed(random: Random, id: string | number): Loose {
  if (!random.once(3)) return callSeed(random, id);
  const [method, params] = random.pick(OTHERS);
  const isNotification = method.startsWith('notifications/') && !random.once(10);
  return looseFrom({ jsonrpc: '2.0', ...(isNotification ? {} : { id }), method, ...(params ? { params } : {}) });
}

function callSeed(random: Random, id: string | number): Loose {
  const name = random.pick(NAMES);
  const args: Loose = { kind: 'object', members: [['amount', text(random.pick(AMOUNTS))]] };
  const params: Loose = {
    kind: 'object',
    members: [
      ['name', looseFrom(name)],
      ['arguments', args],
    ],
  };
  if (random.once(8)) params.members.push(['task', looseFrom({ ttl: 1000 })]);
  if (random.once(12)) params.members.push(['requestState', looseFrom('forged')], ['inputResponses', looseFrom({})]);
  if (random.once(8)) params.members.push(['_meta', looseFrom({ progressToken: id, 'portcullis/x': 1 })]);
  const call: Loose = { kind: 'object', members: [['jsonrpc', looseFrom('2.0')]] };
  // One without an id is a notification.
  if (!random.once(12)) call.members.push(['id', looseFrom(id)]);
  call.members.push(['method', looseFrom('tools/call')], ['params', params]);
  return call;
}

const task = { taskId: FOREIGN_TASK };
const OTHERS: readonly (readonly [string, object?])[] = [
  ['tools/list'],
  ['tools/list', { cursor: '1' }],
  ['tools/list', { cursor: '2' }],
  ['tools/list', { cursor: '../secret_key' }],
  ['ping'],
  ['tasks/get', task],
  ['tasks/result', task],
  ['tasks/cancel', task],
  ['tasks/update', task],
  ['tasks/list'],
  ['resources/read', { uri: 'file:///etc/passwd' }],
  ['resources/subscribe', { uri: 'x:y' }],
  ['prompts/get', { name: 'closed' }],
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'closed' }, argument: { name: 'a', value: '' } }],
  ['logging/setLevel', { level: 'debug' }],
  ['initialize', { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: { name: 'again', version: '1' } }],
  ['server/discover'],
  ['subscriptions/listen', { notifications: { toolsListChanged: true } }],
  ['sampling/createMessage', { messages: [] }],
  ['tools/call/closed', { name: 'closed' }],
  ['notifications/initialized'],
  ['notifications/cancelled', { requestId: 'nobody' }],
  ['notifications/progress', { progressToken: 1, progress: 1 }],
  ['notifications/roots/list_changed'],
  ['notifications/tools/call', { name: 'closed' }],
];
