import { describe, expect, test } from 'vitest';
import type { Launch, StdioLaunch } from '../../../server/src/mcp/definition.ts';
import { readEnvFile } from '../../../server/src/mcp/envFile.ts';
import { LaunchError, resolveLaunch, type LaunchResolver } from '../../../server/src/mcp/variables.ts';

const resolver: LaunchResolver = {
  env: { TOKEN: 's3cret', EMPTY: '', TRICK: '${env:TOKEN}' },
  home: '/home/me',
  input: (id) => Promise.resolve(id === 'key' ? 'typed-key' : undefined),
  readFile: (file) => (file === '/app/.env' ? Promise.resolve('A=1\nB=2') : Promise.reject(new Error('ENOENT'))),
};

const stdio = (changes: Partial<StdioLaunch>): StdioLaunch => ({
  kind: 'stdio',
  command: 'c',
  args: [],
  env: {},
  ...changes,
});
const resolve = (launch: Launch, host = 'vscode'): ReturnType<typeof resolveLaunch> =>
  resolveLaunch({ launch, origin: { host, folder: '/app' } }, resolver);
const resolveArg = async (arg: string, host?: string): Promise<string | undefined> => {
  const launch = await resolve(stdio({ args: [arg] }), host);
  return launch.kind === 'stdio' ? launch.args[0] : undefined;
};

describe('variables', () => {
  test.each([
    ['${workspaceFolder}/src', 'vscode', '/app/src'],
    ['${userHome}${/}x', 'cursor', '/home/me/x'],
    ['${workspaceFolderBasename}', 'vscode', 'app'],
    ['a-${env:TOKEN}-${input:key}', 'portcullis', 'a-s3cret-typed-key'],
    ['${env:TRICK}', 'vscode', '${env:TOKEN}'],
    ['${EDITOR} stays', 'vscode', '${EDITOR} stays'],
    ['${TOKEN}', 'claude-code', 's3cret'],
    ['${NONE:-fall:back}', 'claude-code', 'fall:back'],
    ['${EMPTY:-x}', 'claude-code', 'x'],
    ['${NONE:-}', 'claude-code', ''],
    ['${env:TOKEN}', 'claude-code', '${env:TOKEN}'],
    ['${TOKEN}', 'claude-desktop', '${TOKEN}'],
    ['${env:TOKEN}', 'command-line', '${env:TOKEN}'],
  ])('%s of %s is %s', async (arg, host, expected) => {
    expect(await resolveArg(arg, host)).toBe(expected);
  });

  test('are replaced in every text, and what they gave is known to be secret', async () => {
    const launch = stdio({ command: '${env:TOKEN}', env: { K: '${input:key}' }, cwd: 'sub' });
    expect(await resolve(launch)).toEqual({
      kind: 'stdio',
      command: 's3cret',
      args: [],
      env: { K: 'typed-key' },
      cwd: '/app/sub',
      secrets: ['s3cret', 'typed-key'],
    });
    const remote = { kind: 'http', url: 'https://h/${env:TOKEN}', headers: { A: 'Bearer ${input:key}' } } as const;
    expect(await resolve(remote)).toMatchObject({ url: 'https://h/s3cret', headers: { A: 'Bearer typed-key' } });
  });
});

describe('a variable without a value is an error that names it and its place', () => {
  test.each([
    [stdio({ args: ['x', '${env:NONE}'] }), 'vscode', 'missing-variable', '${env:NONE}', 'args[1]'],
    [stdio({ env: { T: '${NONE}' } }), 'claude-code', 'missing-variable', '${NONE}', 'env.T'],
    [stdio({ command: '${input:other}' }), 'vscode', 'missing-input', '${input:other}', 'command'],
    [stdio({ cwd: '${config:x.y}' }), 'vscode', 'unknown-variable', '${config:x.y}', 'cwd'],
    [
      { kind: 'http', url: 'https://h', headers: { A: '${env:TOKEN}${env:NONE}' } } as const,
      'cursor',
      'missing-variable',
      '${env:NONE}',
      'headers.A',
    ],
    [stdio({ envFile: 'missing.env' }), 'vscode', 'env-file', '/app/missing.env', 'envFile'],
  ])('%#: %s', async (launch, host, code, variable, place) => {
    const failure = resolve(launch, host);
    await expect(failure).rejects.toBeInstanceOf(LaunchError);
    await expect(failure).rejects.toMatchObject({ code, variable, place });
    await expect(failure).rejects.not.toThrow('s3cret');
  });
});

test('a file of variables stands behind `env`', async () => {
  const launch = await resolve(stdio({ envFile: '${workspaceFolder}/.env', env: { B: 'mine' } }));
  expect(launch).toMatchObject({ env: { A: '1', B: 'mine' } });
  expect(launch).not.toHaveProperty('envFile');
});

test('files of variables', () => {
  const text = [
    '# comment',
    'A=1',
    'export B = two words # comment',
    'C="quoted # not a comment\\n" # comment',
    "D='sin\\ngle'",
    'E=',
    'not a line',
    'F=a=b#c\r',
  ].join('\n');
  expect(readEnvFile(text)).toEqual({
    A: '1',
    B: 'two words',
    C: 'quoted # not a comment\n',
    D: 'sin\\ngle',
    E: '',
    F: 'a=b#c',
  });
});
