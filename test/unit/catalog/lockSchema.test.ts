/** lock.schema.json and the reader of the gateway call the same files well formed. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import schema from '../../../schemas/lock.schema.json' with { type: 'json' };
import { EMPTY_LOCK, lockServer, readLock, writeLock, type Tool } from '../../../server/src/catalog/index.ts';
import { sha256 } from '../../../server/src/mcp/index.ts';

const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);

const tool: Tool = { name: 'echo', description: 'Says it.', inputSchema: { type: 'object' } };
const written = writeLock({ servers: new Map([['main', lockServer('as-defined', [tool], sha256)]]) });
const pinned = (entry: unknown): object => ({
  version: '1',
  servers: { main: { definition: 'd', tools: { echo: entry } } },
});

test.each<readonly [string, unknown, boolean]>([
  ['what is written', JSON.parse(written), true],
  ['an empty one', JSON.parse(writeLock(EMPTY_LOCK)), true],
  ['a server without tools', { version: '1', servers: { main: { definition: 'd', tools: {} } } }, true],
  ['no object', [], false],
  ['no version', { servers: {} }, false],
  ['another version', { version: '2', servers: {} }, false],
  ['a version that is a number', { version: 1, servers: {} }, false],
  ['no servers', { version: '1' }, false],
  ['servers as a list', { version: '1', servers: [] }, false],
  ['a server that is none', { version: '1', servers: { main: null } }, false],
  ['a server without its definition', { version: '1', servers: { main: { tools: {} } } }, false],
  ['a definition that is no text', { version: '1', servers: { main: { definition: 1, tools: {} } } }, false],
  ['a server without "tools"', { version: '1', servers: { main: { definition: 'd' } } }, false],
  ['tools as a list', { version: '1', servers: { main: { definition: 'd', tools: [] } } }, false],
  ['a tool without its hash', pinned({ definition: tool }), false],
  ['a tool without its definition', pinned({ hash: 'x' }), false],
  ['a definition of a tool that is a list', pinned({ hash: 'x', definition: [] }), false],
  ['a hash that is no text', pinned({ hash: 1, definition: tool }), false],
])('%s', (_what, value, isRight) => {
  expect(validate(value), 'by the schema').toBe(isRight);
  expect(readLock(JSON.stringify(value), sha256).ok, 'by the reader').toBe(isRight);
});
