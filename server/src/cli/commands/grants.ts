/** `portcullis grants`: who may use the gateway. A running gateway goes by a change from the next request on. */
import path from 'node:path';
import { changeGrants } from '../../gateway/index.ts';
import type { GrantAnswer, GrantRequest } from '../../protocol/grant.ts';
import { choice, text, texts, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { compilable } from '../compilable.ts';
import { printGrants } from '../output/grants.ts';
import { SHARED_STATE_HELP, sharedStateOption } from '../sharing.ts';
import { parseUntil } from '../until.ts';
import { withSharedState } from '../withState.ts';

export const grantsCommand: Command = {
  name: 'grants',
  summary: 'Say who may use the gateway: a token for each client, its servers, its policy, its end.',
  usage: 'list | add LABEL [--server NAME]… [--policy FILE] [--expires WHEN] | rotate LABEL | revoke LABEL',
  help: `  list             every grant, without tokens: those are not kept
  add LABEL        a new grant; its token is printed once
  rotate LABEL     a new token; the old one opens nothing any more, counters go on
  revoke LABEL     the token opens nothing any more, and what it has opened ends; "local" is the grant of local.token
  --server NAME    only this server; may be repeated (default: every server)
  --policy FILE    the policy for this grant, in place of the servers' own
  --expires WHEN   ISO 8601 date, or a time from now: 12h, 30d
  --format FORMAT  text or json
  --state DIR      folder in which the gateway keeps its state
${SHARED_STATE_HELP}`,
  example: 'portcullis grants add claude-code --server github --expires 30d',
  options: {
    state: { type: 'string' },
    ...sharedStateOption,
    format: { type: 'string' },
    server: { type: 'string', multiple: true },
    policy: { type: 'string' },
    expires: { type: 'string' },
  },
  needsSqlite: true,

  async run(invocation, io) {
    const request = await readRequest(invocation, io);
    const now = Date.now();
    const answer = await withSharedState(invocation, io, (state) => changeGrants(state.grants, request, now));
    return report(answer, request, invocation, io, now);
  },
};

async function readRequest(invocation: Invocation, io: Io): Promise<GrantRequest> {
  const [action = 'list', label, more] = invocation.positionals;
  if (action === 'list' && label === undefined) return { do: 'list' };
  if (action !== 'add' && action !== 'rotate' && action !== 'revoke')
    throw new UsageError(`"grants ${action}" is none of list, add, rotate, revoke.`);
  if (label === undefined || more !== undefined)
    throw new UsageError(`Name one grant: portcullis grants ${action} LABEL`);
  return action === 'add' ? await newGrant(label, invocation, io) : { do: action, label };
}

async function newGrant(label: string, invocation: Invocation, io: Io): Promise<GrantRequest> {
  const servers = texts(invocation, 'server');
  const policy = text(invocation, 'policy');
  const expires = text(invocation, 'expires');
  if (policy !== undefined) await compilable(policy, io);
  return {
    do: 'add',
    label,
    ...(servers.length === 0 ? {} : { servers }),
    ...(policy === undefined ? {} : { policy: path.resolve(io.cwd, policy) }),
    ...(expires === undefined ? {} : { expiresAt: parseUntil(expires, Date.now()) }),
  };
}

function report(answer: GrantAnswer, request: GrantRequest, invocation: Invocation, io: Io, now: number): ExitCode {
  if (!answer.ok) throw new UsageError(answer.problem);
  if (choice(invocation, 'format', ['text', 'json']) === 'json') {
    const shown =
      request.do === 'list' ? answer.grants : { label: request.label, ...(answer.token && { token: answer.token }) };
    io.out(`${JSON.stringify(shown)}\n`);
  } else if (request.do === 'list') io.out(printGrants(answer.grants, now));
  else if (answer.token === undefined) io.out(`The grant "${request.label}" is revoked.\n`);
  else {
    io.err(`The token of "${request.label}", which is shown this once:\n`);
    io.out(`${answer.token}\n`);
  }
  return 0;
}
