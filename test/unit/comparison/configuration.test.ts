/** Which edits of portcullis.json and of definitions are called looser: a case for each row, both ways, and a row for each setting. */
import { describe, expect, test } from 'vitest';
import schema from '../../../schemas/gateway.schema.json' with { type: 'json' };
import {
  GATEWAY_ROWS,
  inWords,
  loosenedEntry,
  loosenedGateway,
  SERVER_ROWS,
  type ComparedDefinition,
} from '../../../server/src/comparison/index.ts';
import type { GatewayConfig, Launch, ServerSettings } from '../../../server/src/mcp/definition.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/mcp/index.ts';

const DAYS_10 = { audit: { maxDays: 10 } };
const DAYS_20 = { audit: { maxDays: 20 } };
const BYTES_2 = { audit: { maxBytes: 2_000_000 } };
const BYTES_3 = { audit: { maxBytes: 3_000_000 } };

/** From the first to the second is looser; the way back is not, where it is "one way". */
test.each<readonly [keyof typeof GATEWAY_ROWS, GatewayConfig, GatewayConfig, 'one way' | 'both ways']>([
  ['audit.durability', { audit: { durability: 'power' } }, {}, 'one way'],
  ['audit.maxBytes', {}, BYTES_2, 'one way'],
  ['audit.maxBytes', BYTES_3, BYTES_2, 'one way'],
  ['audit.maxDays', {}, DAYS_10, 'one way'],
  ['audit.maxDays', DAYS_20, DAYS_10, 'one way'],
  ['audit.values', {}, { audit: { values: true } }, 'one way'],
  ['lock', { lock: 'enforce' }, {}, 'one way'],
  ['lock', { lock: 'enforce' }, { lock: 'warn' }, 'one way'],
  ['lock', { lock: 'warn' }, { lock: 'off' }, 'one way'],
  ['state.directory', {}, { state: { directory: '/elsewhere' } }, 'both ways'],
  ['state.sharedUrlEnv', { state: { sharedUrlEnv: 'A' } }, { state: { sharedUrlEnv: 'B' } }, 'both ways'],
])('gateway: %s, %j to %j (%s)', (row, before, after, ways) => {
  expect(loosenedGateway(before, after)).toEqual([{ about: 'gateway', what: GATEWAY_ROWS[row](before, after) }]);
  expect(loosenedGateway(after, before)).toHaveLength(ways === 'one way' ? 0 : 1);
  expect(loosenedGateway(after, after)).toEqual([]);
});

const secret = { regex: 'secret' };
const settings = (some: Partial<ServerSettings>): ServerSettings => ({ ...DEFAULT_SETTINGS, ...some });

test.each<readonly [keyof typeof SERVER_ROWS, Partial<ServerSettings>, Partial<ServerSettings>]>([
  ['methods', { methods: { 'resources/read': 'deny' } }, {}],
  ['methods', { methods: { 'resources/read': 'deny' } }, { methods: { 'resources/read': 'allow' } }],
  ['mode', {}, { mode: 'observe' }],
  ['redact', { redact: [secret] }, {}],
  ['redact', { redact: [secret, { regex: 'x' }] }, { redact: [secret] }],
])('a server: %s, %j to %j', (row, before, after) => {
  const [from, to] = [{ settings: settings(before) }, { settings: settings(after) }];
  expect(loosenedEntry('s', from, to)).toEqual([{ about: 's', what: SERVER_ROWS[row](from.settings, to.settings) }]);
  expect(loosenedEntry('s', to, from)).toEqual([]);
});

test.each<readonly [string, Partial<ServerSettings>, Partial<ServerSettings>]>([
  ['another replacement', { redact: [secret] }, { redact: [{ ...secret, replace: '$0' }] }],
  ['another before it', { redact: [secret] }, { redact: [{ regex: 's' }, secret] }],
])('redaction: %s is looser', (_what, before, after) => {
  expect(loosenedEntry('s', { settings: settings(before) }, { settings: settings(after) })).toHaveLength(1);
});

/** These change nothing about what passes, is recorded or is started, or are weighed elsewhere. */
const WITHOUT_ROW = {
  gateway: ['$schema', 'servers', 'approvals', 'reload', 'rules', 'excused'],
  // A policy is weighed by its content, wherever it stands.
  server: ['policy', 'timeout'],
};
/** Compared as definitions. */
const DEFINITION = ['type', 'command', 'args', 'cwd', 'env', 'envFile', 'url', 'headers', 'oauth'];

test('each setting of the schema has a row, or a reason to have none', () => {
  const { properties, definitions } = schema;
  const nested = ['audit', 'state'] as const;
  const ofGateway = Object.keys(properties).flatMap((name) => {
    const group = nested.find((each) => each === name);
    return group ? Object.keys(definitions[group].properties).map((each) => `${group}.${each}`) : [name];
  });
  expect(ofGateway.sort()).toEqual([...Object.keys(GATEWAY_ROWS), ...WITHOUT_ROW.gateway].sort());
  const ofServer = Object.keys(definitions.server.properties);
  expect(ofServer.sort()).toEqual([...Object.keys(SERVER_ROWS), ...WITHOUT_ROW.server, ...DEFINITION].sort());
});

const program = { kind: 'stdio', command: 'npx', args: ['-y', 'files'], env: { A: '1' } } as const;
const remote = { kind: 'http', url: 'https://one.test/mcp', headers: { X: '1' } } as const;

function defined(launch: Launch, more: Partial<ComparedDefinition> = {}): ComparedDefinition {
  return { launch, host: 'vscode', folder: '/work', inputs: {}, ...more };
}

function told(before: ComparedDefinition | undefined, after: ComparedDefinition): readonly string[] {
  const entry = (definition: ComparedDefinition | undefined): Parameters<typeof loosenedEntry>[1] => ({
    settings: DEFAULT_SETTINGS,
    ...(definition ? { definition } : {}),
  });
  return loosenedEntry('s', entry(before), entry(after)).map(inWords);
}

describe('a definition', () => {
  test.each<readonly [string, ComparedDefinition | undefined, ComparedDefinition, string]>([
    ['is new', undefined, defined(program), 'is new, a program: ["npx","-y","files"]'],
    [
      'command',
      defined(program),
      defined({ ...program, command: 'sh' }),
      'runs another command: ["sh","-y","files"] in place of ["npx","-y","files"]',
    ],
    [
      'args',
      defined(program),
      defined({ ...program, args: ['-y files'] }),
      'runs another command: ["npx","-y files"] in place of ["npx","-y","files"]',
    ],
    ['cwd', defined(program), defined({ ...program, cwd: '/tmp' }), 'is started in another folder: /tmp'],
    [
      'envFile',
      defined(program),
      defined({ ...program, envFile: '.env' }),
      'reads its environment from another file: .env',
    ],
    ['env', defined(program), defined({ ...program, env: { A: '2' } }), 'the environment variable A has another value'],
    ['env, fewer', defined(program), defined({ ...program, env: {} }), 'the environment variable A is gone'],
    ['type', defined(program), defined(remote), 'is remote now: https://one.test/mcp'],
    [
      'url',
      defined(remote),
      defined({ ...remote, url: 'https://u:secret@two.test/mcp?key=secret' }),
      'is reached at another address: https://two.test/mcp',
    ],
    [
      'transport',
      defined(remote),
      defined({ ...remote, kind: 'sse' }),
      'is reached at another address: https://one.test/mcp',
    ],
    ['headers', defined(remote), defined({ ...remote, headers: { X: '2' } }), 'the header X has another value'],
    [
      'oauth',
      defined(remote),
      defined({ ...remote, oauth: { clientSecret: 'secret' } }),
      'logs in in another way ("oauth")',
    ],
    ['folder', defined(program), defined(program, { folder: '/other' }), 'works in another folder: /other'],
    [
      'inputs',
      defined(program),
      defined(program, { inputs: { id: 'secret' } }),
      'the default of the input id has another value',
    ],
  ])('%s waits, and no secret is told', (_what, before, after, words) => {
    expect(told(before, after)).toEqual([words]);
    expect(told(after, after)).toEqual([]);
  });

  test('in another format, where variables may mean something else', () => {
    const variable = { ...program, args: ['${workspaceFolder}'] };
    expect(told(defined(variable), defined(variable, { host: 'cursor' }))).toEqual([
      'its variables are those of another format',
    ]);
    expect(told(defined(program), defined(program, { host: 'cursor' }))).toEqual([]);
  });

  test('that the workspace has no more loosens nothing', () => {
    expect(
      loosenedEntry('s', { settings: DEFAULT_SETTINGS, definition: defined(program) }, { settings: DEFAULT_SETTINGS }),
    ).toEqual([]);
  });
});
