/** `portcullis reload`: edits of policies that wait because they let through more, seen and accepted from a shell. */
import { compileSource, loosenedBetween, readSource } from '../../gateway/index.ts';
import { compilePolicy } from '../../policy/index.ts';
import type { AcceptedContent, AcceptedStore, AcceptedSubject } from '../../state/index.ts';
import { withAcceptedContents } from '../acceptance.ts';
import { choice, flag, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { demandPermission, typesCode } from '../consent.ts';
import { printHeld, type HeldEdit } from '../output/reload.ts';
import { SHARED_STATE_HELP, sharedStateOption } from '../sharing.ts';
import { explainingState } from '../withState.ts';

export const reloadCommand: Command = {
  name: 'reload',
  summary: 'See edits of policies that wait because they are looser, and accept them.',
  usage: '[--accept] [--server NAME]',
  help: `  --accept         let them take effect
  --server NAME    only this server's
  --format FORMAT  text or json
  --state DIR      folder in which the gateway keeps its state
${SHARED_STATE_HELP}
An edit that only restricts takes effect at once. Exits with 1 while one waits. "--accept" works only where the user's own portcullis.json
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
  const kept = store.list().filter(({ subject }) => server === undefined || subject.server === server);
  const held = kept.flatMap(({ subject, content }) => heldEdit(subject, content) ?? []);
  io.out(format === 'json' ? `${JSON.stringify(held.map(shown))}\n` : printHeld(held.map(shown)));
  if (held.length === 0) return 0;
  if (!isAccepting) return 1;
  if (!(await typesCode('let all of this take effect', io))) {
    io.err('portcullis: That is not the code. Nothing has changed.\n');
    return 1;
  }
  for (const { subject, edit, source } of held) store.accept(subject, { file: edit.file, text: source });
  io.out('Accepted. Gateways that run go by it within a second.\n');
  return 0;
}

interface Held {
  readonly subject: AcceptedSubject;
  readonly edit: HeldEdit;
  /** The very text that was looked at: whatever the file holds later is weighed anew. */
  readonly source: string;
}

function shown({ edit }: Held): HeldEdit {
  return edit;
}

function heldEdit(subject: AcceptedSubject, content: AcceptedContent): Held | undefined {
  const file = content.waiting ?? content.file;
  const reading = file === '' ? undefined : compileSource(readSource(file));
  if (!reading?.ok) return undefined;
  const before = content.text === null ? undefined : compilePolicy(content.text);
  const accepted = { file: content.file, policy: before?.ok ? before.policy : undefined };
  const loosened = loosenedBetween(accepted, { file, policy: reading.policy });
  const edit = { server: subject.server, file, hash: reading.policy.hash, loosened };
  return loosened.length === 0 ? undefined : { subject, edit, source: reading.policy.source };
}
