/** `portcullis gateway`: serves MCP servers behind their policies until it is told to stop. */
import type { Readable } from 'node:stream';
import type { Command } from '../command.ts';
import { serve } from '../gateway/serve.ts';
import { keepHeapSmall } from '../smallHeap.ts';

export const gatewayCommand: Command = {
  name: 'gateway',
  summary: 'Serve MCP servers to agents, each behind its policy.',
  usage: '[--server NAME]… [--policy FILE] [--port N | --stdio] [--url URL | -- COMMAND ARGS…]',
  help: `  --server NAME      a configured server; may be repeated (default: all that this folder configures)
  --config FILE      read this configuration first
  --folder DIR       the workspace to serve (default: the working directory)
  --policy FILE      the policy of the one server (default: the one that belongs to it)
  --url URL          serve a remote server instead of configured ones
  -- COMMAND ARGS…   serve this command's server instead
  --port N           default: the port of last time, else a free one
  --host ADDRESS     default 127.0.0.1; another one demands --allow-host
  --allow-host NAME  a host name by which clients may address the gateway; may be repeated
  --stdio            serve one server on stdin and stdout instead of HTTP
  --grant LABEL      with --stdio: what the client is called in the log (default: local)
  --alone            neither join a gateway that serves the same already, nor let others join this one
  --state DIR        folder for log, counters and token
  --shared-state-env NAME
                     share limits, approvals and grants with other gateways, through the Redis or Valkey whose address this
                     variable holds; PORTCULLIS_SHARED_KEY holds a key that all of them know
  --when-shared-lost deny|count-locally
                     while it cannot be reached: deny calls (default), or let each gateway count for itself
  --format F         text (default) or json: one line on stdout when the gateway listens, its log on stderr
  --control          for programs: read the control token and inputs from the first line of stdin; stop when it closes

Clients send "Authorization: Bearer <token>"; the token is in local.token in the state folder.
\${input:ID} in a configuration takes its value from the variable PORTCULLIS_INPUT_ID.
`,
  example: 'portcullis gateway --policy policy.json -- npx -y @modelcontextprotocol/server-memory',
  options: {
    server: { type: 'string', multiple: true },
    config: { type: 'string' },
    folder: { type: 'string' },
    policy: { type: 'string' },
    url: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
    stdio: { type: 'boolean' },
    grant: { type: 'string' },
    alone: { type: 'boolean' },
    state: { type: 'string' },
    'shared-state-env': { type: 'string' },
    'when-shared-lost': { type: 'string' },
    format: { type: 'string' },
    control: { type: 'boolean' },
  },
  needsSqlite: true,
  tidiesUp: true,

  async run(invocation, io) {
    keepHeapSmall();
    try {
      return await serve(invocation, io);
    } finally {
      // Whatever still comes in on stdin must not keep the process alive.
      (io.stdin as Readable).destroy();
    }
  },
};
