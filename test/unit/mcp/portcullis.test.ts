import { describe, expect, test } from 'vitest';
import { readPortcullis } from '../../../server/src/mcp/hosts/portcullis.ts';

const read = (value: unknown): ReturnType<typeof readPortcullis> => readPortcullis(JSON.stringify(value), '/app');

test('a server that is defined here, with settings', () => {
  const definition = { command: 'server', args: ['x'], env: { PORT: 1 } };
  const settings = { policy: 'a.policy.json', mode: 'observe', methods: { 'resources/read': 'deny' }, timeout: 5 };
  const { servers, settings: all, problems } = read({ servers: { a: { ...definition, ...settings } } });
  expect(problems).toEqual([]);
  expect(servers).toMatchObject([
    { name: 'a', launch: { kind: 'stdio', command: 'server', args: ['x'], env: { PORT: '1' } } },
  ]);
  expect(all.get('a')).toEqual({ ...settings, policy: '/app/a.policy.json' });
});

test('settings alone define no server; what is not said has its default', () => {
  const { servers, settings } = read({ servers: { a: { mode: 'observe' } } });
  expect(servers).toEqual([]);
  expect(settings.get('a')).toEqual({ mode: 'observe', methods: {}, timeout: 60 });
});

test('configuration of the gateway, paths made absolute', () => {
  const { config } = read({
    state: { directory: '../state', sharedUrlEnv: 'REDIS' },
    audit: { durability: 'power' },
    lock: 'warn',
  });
  expect(config).toEqual({
    state: { directory: '/state', sharedUrlEnv: 'REDIS' },
    audit: { durability: 'power' },
    lock: 'warn',
  });
});

describe('what is not allowed is an error where it stands, and nothing of the file is used', () => {
  test.each([
    ['{ "server": {} }', '/server', '"server"', 'Unknown key "server". Known here: "$schema", "servers"'],
    ['{ "servers": { "a": { "mod": "observe" } } }', '/servers/a/mod', '"mod"', 'Unknown key "mod"'],
    [
      '{ "servers": { "a": { "mode": "off" } } }',
      '/servers/a/mode',
      '"mode"',
      '"mode" must be one of "enforce", "observe".',
    ],
    ['{ "servers": { "a": { "timeout": "5" } } }', '/servers/a/timeout', '"timeout"', '"timeout" must be a number.'],
    ['{ "servers": { "a": { "timeout": 0 } } }', '/servers/a/timeout', '"timeout"', '"timeout" must be > 0.'],
    ['{ "servers": { "a": { "methods": { "x": 1 } } } }', '/servers/a/methods/x', '"x"', '"x" must be a string.'],
    ['{ "servers": { "a": { "redact": [{}] } } }', '/servers/a/redact/0', '{}', 'needs "regex"'],
    ['{ "servers": { "a": { "type": "http" } } }', '/servers/a', '"a"', 'This server needs "url".'],
    [
      '{ "state": { "sharedUrlEnv": "redis://h" } }',
      '/state/sharedUrlEnv',
      '"sharedUrlEnv"',
      'name of an environment variable',
    ],
    ['[]', '', '[]', 'portcullis.json must be an object.'],
  ])('%s', (text, pointer, marked, words) => {
    const { problems, settings, servers } = readPortcullis(text, '/app');
    const problem = problems.find(({ message }) => message.includes(words));
    expect(problem).toMatchObject({ severity: 'error', pointer });
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(marked);
    expect([settings.size, servers.length]).toEqual([0, 0]);
  });

  test.each(['{ "a": 1, }', '{ "lock": "off", "lock": "warn" }', '// no', ''])('not strict JSON: %s', (text) => {
    expect(readPortcullis(text, '/app').problems).not.toEqual([]);
  });
});

test('what an agent could switch on by editing the workspace has no effect, and says so', () => {
  const { problems, config } = read({ approvals: { shell: true }, reload: 'automatic' });
  expect(problems).toMatchObject([
    { severity: 'warning', pointer: '/approvals/shell' },
    { severity: 'warning', pointer: '/reload' },
  ]);
  expect(config).toEqual({});
});
