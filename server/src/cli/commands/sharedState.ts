/** `portcullis shared-state`: whether what several gateways share is in order, and a person's word that it is, although it is not what was known. */
import type { State } from '../../state/index.ts';
import { text, UsageError, type Command, type ExitCode, type Io } from '../command.ts';
import { demandPermission, typesCode } from '../consent.ts';
import { SHARED_STATE_HELP, sharedStateOption } from '../sharing.ts';
import { withSharedState } from '../withState.ts';

export const sharedStateCommand: Command = {
  name: 'shared-state',
  summary: 'See whether what several gateways share is in order; go on where it was lost.',
  usage: 'status | accept --shared-state-env NAME',
  help: `  status           is it there, and what this folder's gateway has known? Exits with 1 where it is not
  accept           it was emptied, replaced, or restored, and that is right: all gateways go on with what is there now
${SHARED_STATE_HELP}  --state DIR      folder in which the gateway keeps its state

Counters that were lost begin anew, and grants that were lost have to be made anew. "accept" works only where the user's own portcullis.json
(never a workspace's) has "approvals": { "shell": true }, and on a terminal, where a code that is shown has to be typed.
`,
  example: 'portcullis shared-state status --shared-state-env STATE_URL',
  options: { state: { type: 'string' }, ...sharedStateOption },
  needsSqlite: true,

  async run(invocation, io) {
    const [action = 'status', more] = invocation.positionals;
    if ((action !== 'status' && action !== 'accept') || more !== undefined)
      throw new UsageError(`"shared-state ${invocation.positionals.join(' ')}" is none of status, accept.`);
    if (text(invocation, 'shared-state-env') === undefined)
      throw new UsageError('Name the variable that holds the address: --shared-state-env NAME');
    if (action === 'accept') demandPermission('accept a shared state', io);
    const work = action === 'accept' ? accept : status;
    return withSharedState(invocation, io, (state) => work(state, io), { mayBeReplaced: true });
  },
};

async function status({ sharing, grants, approvals }: State, io: Io): Promise<ExitCode> {
  if (sharing?.problem !== undefined) {
    io.out(`${sharing.problem}\n`);
    return 1;
  }
  const inUse = grants.valid(Date.now()).length;
  const waiting = (await approvals.waiting()).length;
  io.out(`The shared state at ${sharing?.address ?? ''} is in order: ${inUse} grants in use, ${waiting} calls wait.\n`);
  return 0;
}

async function accept(state: State, io: Io): Promise<ExitCode> {
  const { sharing } = state;
  if (sharing?.problem === undefined) return status(state, io);
  io.out(`${sharing.problem}\n`);
  if (!(await typesCode('go on with what is there now', io))) {
    io.err('portcullis: That is not the code. Nothing has changed.\n');
    return 1;
  }
  await sharing.accept();
  io.out('Accepted. Gateways that run go on within a second.\n');
  return 0;
}
