/** `portcullis approvals`: calls that wait for a person, seen and decided from a shell. To approve there, the user's own configuration must say so. */
import type { PendingCall, Verdict } from '../../protocol/approval.ts';
import type { State } from '../../state/index.ts';
import { choice, flag, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { demandPermission, typesCode } from '../consent.ts';
import { printPending, printPendingCalls } from '../output/approvals.ts';
import { SHARED_STATE_HELP, sharedStateOption } from '../sharing.ts';
import { withExistingState, withSharedState } from '../withState.ts';

export const approvalsCommand: Command = {
  name: 'approvals',
  summary: 'See calls that wait for approval, and decide on them.',
  usage: 'list | show ID | approve ID | deny ID [--message TEXT]',
  help: `  list             what waits at every gateway of the state folder
  show ID          all of one call; part of an ID will do
  approve ID       let it through, once; --session: also identical calls of the same session, where the policy permits that
  deny ID          refuse it; --message TEXT is told to the agent
  --format FORMAT  text or json (list, show)
  --state DIR      folder in which the gateway keeps its state
${SHARED_STATE_HELP}
"approve" works only where the user's own portcullis.json (docs/approvals.md says where it stands; never a workspace's) has
"approvals": { "shell": true }, and on a terminal, where a code that is shown has to be typed.
`,
  example: 'portcullis approvals show 3f2a',
  options: {
    state: { type: 'string' },
    ...sharedStateOption,
    format: { type: 'string' },
    message: { type: 'string' },
    session: { type: 'boolean' },
  },
  needsSqlite: true,

  async run(invocation, io) {
    const [name = 'list'] = invocation.positionals;
    const action = actions[name];
    if (action === undefined) throw new UsageError(`"approvals ${name}" is none of list, show, approve, deny.`);
    const isShared = text(invocation, 'shared-state-env') !== undefined;
    const withOpened = isShared ? withSharedState : withExistingState;
    return withOpened(invocation, io, (state: State) => action(state, invocation, io));
  },
};

type Action = (state: State, invocation: Invocation, io: Io) => Promise<ExitCode>;

const actions: Readonly<Record<string, Action | undefined>> = Object.assign(Object.create(null) as object, {
  list,
  show,
  approve,
  deny,
});

const FORMATS = ['text', 'json'] as const;

async function list({ approvals }: State, invocation: Invocation, io: Io): Promise<ExitCode> {
  const calls = await approvals.waiting();
  if (choice(invocation, 'format', FORMATS) === 'json') for (const call of calls) io.out(`${JSON.stringify(call)}\n`);
  else io.out(printPendingCalls(calls, Date.now()));
  return 0;
}

async function show({ approvals }: State, invocation: Invocation, io: Io): Promise<ExitCode> {
  const call = find(await approvals.waiting(), invocation);
  const isJson = choice(invocation, 'format', FORMATS) === 'json';
  io.out(isJson ? `${JSON.stringify(call)}\n` : printPending(call, Date.now()));
  return 0;
}

async function deny({ approvals }: State, invocation: Invocation, io: Io): Promise<ExitCode> {
  const message = text(invocation, 'message');
  const call = find(await approvals.waiting(), invocation);
  return decide(approvals, call, { choice: 'deny', by: 'shell', ...(message === undefined ? {} : { message }) }, io);
}

async function approve({ approvals }: State, invocation: Invocation, io: Io): Promise<ExitCode> {
  // The gateway asks the same of its own user's configuration, and takes a shell's approval for a refusal where it says no.
  demandPermission('approve calls', io);
  const call = find(await approvals.waiting(), invocation);
  io.out(printPending(call, Date.now()));
  if (!(await typesCode('let this call through', io))) {
    io.err('portcullis: That is not the code. The call waits on.\n');
    return 1;
  }
  return decide(approvals, call, { choice: flag(invocation, 'session') ? 'session' : 'once', by: 'shell' }, io);
}

async function decide(approvals: State['approvals'], call: PendingCall, verdict: Verdict, io: Io): Promise<ExitCode> {
  const answer = await approvals.decide(call.id, verdict, Date.now());
  if (!answer.ok) {
    io.err(`portcullis: ${answer.problem}\n`);
    return 1;
  }
  io.out(verdict.choice === 'deny' ? 'Denied.\n' : 'Approved. The gateway checks the call once more and sends it.\n');
  return 0;
}

function find(calls: readonly PendingCall[], { positionals }: Invocation): PendingCall {
  const [, given, more] = positionals;
  if (given === undefined || more !== undefined)
    throw new UsageError('Name one call by its ID: portcullis approvals list');
  const [found, another] = calls.filter(({ id }) => id.startsWith(given));
  if (found === undefined) throw new UsageError(`No call "${given}" waits. See: portcullis approvals list`);
  if (another !== undefined) throw new UsageError(`Several calls begin with "${given}". Give more of the ID.`);
  return found;
}
