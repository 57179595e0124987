/** `portcullis reload`: edits of files that wait because they let through more, seen and accepted from a shell. */
import { recording, withAcceptedContents } from '../acceptance.ts';
import { choice, flag, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { demandPermission, typesCode } from '../consent.ts';
import { heldEdits, type Acceptable } from '../heldEdits.ts';
import { printHeld } from '../output/reload.ts';
import type { AcceptedStore, AcceptedSubject } from '../../state/index.ts';
import { SHARED_STATE_HELP, sharedStateOption } from '../sharing.ts';
import { explainingState } from '../withState.ts';

export const reloadCommand: Command = {
  name: 'reload',
  summary: 'See edits that wait because they let through more, and accept them.',
  usage: '[--accept] [--server NAME]',
  help: `  --accept         let them take effect
  --server NAME    only this server's policy, and what is for all servers
  --format FORMAT  text or json
  --state DIR      folder in which the gateway keeps its state
${SHARED_STATE_HELP}
Of policies, portcullis.json, definitions of servers and portcullis.lock.json, an edit that only restricts takes effect by itself. Exits with 1 while
one waits. "--accept" works only where the user's own portcullis.json
(never a workspace's) has "approvals": { "shell": true }, and on a terminal, where a code that is shown has to be typed.
`,
  example: 'portcullis reload --accept',
  options: {
    accept: { type: 'boolean' },
    server: { type: 'string' },
    format: { type: 'string' },
    state: { type: 'string' },
    ...sharedStateOption,
  },
  needsSqlite: true,

  async run(invocation, io) {
    if (invocation.positionals.length > 0) throw new UsageError(`"${invocation.positionals[0]}" is not expected here.`);
    return explainingState(() => withAcceptedContents(invocation, io, (store) => reload(store, invocation, io)));
  },
};

async function reload(store: AcceptedStore, invocation: Invocation, io: Io): Promise<ExitCode> {
  const isAccepting = flag(invocation, 'accept');
  const format = choice(invocation, 'format', ['text', 'json']);
  if (isAccepting) demandPermission('accept edits', io);
  const server = text(invocation, 'server');
  const isWanted = (subject: AcceptedSubject): boolean =>
    server === undefined || subject.server === '' || subject.server === server;
  const held = await heldEdits(store, isWanted, io);
  const edits = held.map(({ edit }) => edit);
  io.out(format === 'json' ? `${JSON.stringify(edits)}\n` : printHeld(edits));
  if (held.length === 0) return 0;
  return isAccepting ? await accept(held, invocation, io) : 1;
}

/** What was looked at is accepted: whatever the files hold later is weighed anew. */
async function accept(held: readonly Acceptable[], invocation: Invocation, io: Io): Promise<ExitCode> {
  if (!(await typesCode('let all of this take effect', io))) {
    io.err('portcullis: That is not the code. Nothing has changed.\n');
    return 1;
  }
  await recording(invocation, io, async (audit) => {
    for (const each of held) await each.accept(audit);
  });
  const later = held.some(({ edit }) => edit.what === 'configuration');
  io.out(
    `Accepted. Gateways that run go by it within a second${later ? '; by the configuration when they start again' : ''}.\n`,
  );
  return 0;
}
