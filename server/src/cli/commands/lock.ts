/** `portcullis lock`: what has changed about a server's tools since a person reviewed them, and the review itself. */
import fs from 'node:fs';
import path from 'node:path';
import {
  EMPTY_LOCK,
  lockServer,
  namesTwice,
  readLock,
  writeLock,
  type Lock,
  type LockedServer,
} from '../../catalog/index.ts';
import { lockSubject, pinAccepted } from '../../gateway/index.ts';
import { LOCK_NAME, sha256 } from '../../mcp/index.ts';
import type { AcceptedSubject } from '../../state/index.ts';
import { acceptedContents, recording, withAcceptedContents } from '../acceptance.ts';
import { flag, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { demandPermission, typesCode } from '../consent.ts';
import { heldEdits } from '../heldEdits.ts';
import { printLockChanges } from '../output/lock.ts';
import { configuredServer, placesOf } from '../servers.ts';
import { SHARED_STATE_HELP, sharedStateOption } from '../sharing.ts';
import { demandCatalog } from '../toolSource.ts';
import { explainingState } from '../withState.ts';

export const lockCommand: Command = {
  name: 'lock',
  summary: "Review a server's new and changed tools, and pin them in portcullis.lock.json.",
  usage: '--server NAME [--accept]',
  help: `  --server NAME    a server configured in this folder; it is started for its tools
  --config FILE    read this configuration first
  --folder DIR     the workspace (default: the working directory)
  --accept         pin its definition and its tools as they are now
  --state DIR      folder in which the gateway keeps its state
${SHARED_STATE_HELP}
With "lock": "enforce" in portcullis.json, a tool that is not pinned as the server lists it is hidden and denied. Exits with 1 where something is new or
has changed. "--accept" works only where the user's own portcullis.json (never a workspace's) has "approvals": { "shell": true }, and on a
terminal, where a code that is shown has to be typed.
`,
  example: 'portcullis lock --server files',
  options: {
    server: { type: 'string' },
    config: { type: 'string' },
    folder: { type: 'string' },
    accept: { type: 'boolean' },
    state: { type: 'string' },
    ...sharedStateOption,
  },
  needsSqlite: true,

  async run(invocation, io) {
    const folder = path.resolve(io.cwd, text(invocation, 'folder') ?? '.');
    // Paths of options begin at the working directory, whatever the workspace is.
    const values = { ...invocation.values, ...placesOf(invocation, io) };
    return explainingState(() => review({ ...invocation, values }, { ...io, cwd: folder }));
  },
};

async function review(invocation: Invocation, io: Io): Promise<ExitCode> {
  const name = text(invocation, 'server');
  if (name === undefined) throw new UsageError('Say whose tools: portcullis lock --server NAME');
  if (flag(invocation, 'accept')) demandPermission('accept tools', io);
  const { definition } = await configuredServer(name, placesOf(invocation, io), io);
  const catalog = await demandCatalog(invocation, io);
  const reviewed = readReviewed(invocation, io);
  const before = reviewed.servers.get(name);
  const now = lockServer(definition, catalog.tools, sha256);
  io.out(printLockChanges(name, { before, now, twice: namesTwice(catalog.tools) }));
  if (before && writeLock(only(name, before)) === writeLock(only(name, now))) return 0;
  if (!flag(invocation, 'accept')) return 1;
  await demandNoHeldEdit(invocation, io);
  return accept(name, { before: reviewed, now }, invocation, io);
}

/** The file is written anew, so an edit of it that waits would be lost without anybody having decided on it. Rejects with `UsageError`. */
async function demandNoHeldEdit(invocation: Invocation, io: Io): Promise<void> {
  const file = path.join(io.cwd, LOCK_NAME);
  const isOfFolder = ({ kind, folder }: AcceptedSubject): boolean => kind === 'lock' && folder === io.cwd;
  const held = await heldEdits(acceptedContents(invocation, io), isOfFolder, io);
  if (held.length > 0)
    throw new UsageError(
      `${file} has been edited, and the edit waits. Accept it ("portcullis reload --accept") or undo it first.`,
    );
}

function only(name: string, server: LockedServer): Lock {
  return { servers: new Map([[name, server]]) };
}

/** What was accepted counts, not what stands in the file: that may have been edited since. */
function readReviewed(invocation: Invocation, io: Io): Lock {
  const accepted = acceptedContents(invocation, io).read(lockSubject(io.cwd));
  const file = path.join(io.cwd, LOCK_NAME);
  const content = accepted ? accepted.text : fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
  if (content === null) return EMPTY_LOCK;
  const reading = readLock(content, sha256);
  if (reading.ok) return reading.lock;
  throw new UsageError(`${file} cannot be used. ${reading.problem} Restore it, or delete it to review all tools anew.`);
}

interface Review {
  readonly before: Lock;
  readonly now: LockedServer;
}

async function accept(name: string, { before, now }: Review, invocation: Invocation, io: Io): Promise<ExitCode> {
  if (!(await typesCode(`pin the tools of ${JSON.stringify(name)} as they are now`, io))) {
    io.err('portcullis: That is not the code. Nothing has changed.\n');
    return 1;
  }
  const after = { servers: new Map([...before.servers, [name, now]]) };
  const file = await withAcceptedContents(invocation, io, (accepted) =>
    recording(invocation, io, (audit) =>
      pinAccepted({ folder: io.cwd, before, after, approver: 'shell' }, { accepted, audit }),
    ),
  );
  io.out(`Pinned in ${file}. Gateways that run go by it within a second.\n`);
  return 0;
}
