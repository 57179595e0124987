/**
 * The workspace that the tests inside VS Code open: a real MCP server over a folder of files, its policy, and another product's file of the
 * same name. Written at run time, since the server's path depends on the machine.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const policy = {
  version: '1',
  server: 'files',
  default: 'deny',
  hide: ['move_file'],
  tools: {
    'read_*': {},
    list_directory: {},
    write_file: {
      require: [
        { path: 'args.path', op: 'regex', value: '\\.(md|txt)$', on_deny: 'Only .md and .txt files may be written.' },
      ],
    },
  },
} as const;

/** An AWS IAM policy: it must stay with VS Code's JSON. */
const iamPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::notes/*' }],
};

/** `names`: of the server and its policy's file. `projectRoot`: where node_modules with the MCP server is. Nothing outside `folder` is written. */
export async function writeWorkspace(
  folder: string,
  projectRoot: string,
  names: { readonly server: string; readonly policy: string } = { server: 'files', policy: 'policy.json' },
): Promise<void> {
  const server = path.join(
    projectRoot,
    'node_modules',
    '@modelcontextprotocol',
    'server-filesystem',
    'dist',
    'index.js',
  );
  const files = path.join(folder, 'files');
  await write(path.join(files, 'notes.md'), '# Notes\n');
  await write(path.join(folder, 'iam', 'policy.json'), json(iamPolicy));
  await write(path.join(folder, names.policy), json({ ...policy, server: names.server }));
  await write(
    path.join(folder, '.vscode', 'mcp.json'),
    json({ servers: { [names.server]: { type: 'stdio', command: process.execPath, args: [server, files] } } }),
  );
}

/** In place of the policy: one that limits all calls, and asks a person before a directory is made. */
export async function writeAskingPolicy(folder: string): Promise<void> {
  const asking = {
    ...policy,
    all_tools: { limits: [{ counter: 'calls', window: 'minute', max: 60 }] },
    tools: { ...policy.tools, create_directory: { action: 'require_approval', approval: { timeout: 600 } } },
  };
  await write(path.join(folder, 'policy.json'), json(asking));
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
