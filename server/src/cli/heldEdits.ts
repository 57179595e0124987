/** Edits that wait for a person, found from what was accepted: what each loosens, and the way to accept the very content that was looked at. */
import path from 'node:path';
import { loosenedLock, type Loosening } from '../comparison/index.ts';
import {
  accept,
  compileSource,
  lockIn,
  loosenedBetween,
  openConfigurationRatchet,
  readLockFile,
  readSource,
} from '../gateway/index.ts';
import { LOCK_NAME, sha256 } from '../mcp/index.ts';
import { compilePolicy } from '../policy/index.ts';
import type { AcceptedContent, AcceptedStore, AcceptedSubject, AuditLog } from '../state/index.ts';
import { UsageError, type Io } from './command.ts';
import { stderrLog } from './log.ts';
import { userHere } from './servers.ts';

export interface HeldEdit {
  readonly what: AcceptedSubject['kind'];
  /** Empty where the file is for all servers of a folder. */
  readonly server: string;
  /** Absolute path. */
  readonly file: string;
  /** Of the content that waits. */
  readonly hash: string;
  readonly loosened: readonly Loosening[];
}

export interface Acceptable {
  readonly edit: HeldEdit;
  /** Rejects with `UsageError` or `StateError`: then nothing has changed. */
  readonly accept: (audit: Pick<AuditLog, 'append'>) => Promise<void>;
}

interface Kept {
  readonly subject: AcceptedSubject;
  readonly content: AcceptedContent;
}

/** Only what is `wanted` is weighed. */
export async function heldEdits(
  accepted: AcceptedStore,
  wanted: (subject: AcceptedSubject) => boolean,
  io: Io,
): Promise<readonly Acceptable[]> {
  const found: Acceptable[] = [];
  for (const kept of accepted.list()) {
    if (!wanted(kept.subject)) continue;
    const held = await heldEdit(kept, accepted, io);
    if (held) found.push(held);
  }
  return found;
}

async function heldEdit(kept: Kept, accepted: AcceptedStore, io: Io): Promise<Acceptable | undefined> {
  switch (kept.subject.kind) {
    case 'configuration':
      return heldConfiguration(kept, accepted, io);
    case 'lock':
      return heldLock(kept, accepted);
    case 'policy':
    case 'grant-policy':
      return heldPolicy(kept, accepted);
  }
}

function heldPolicy({ subject, content }: Kept, accepted: AcceptedStore): Acceptable | undefined {
  const file = content.waiting ?? content.file;
  const reading = file === '' ? undefined : compileSource(readSource(file));
  if (!reading?.ok) return undefined;
  const before = content.text === null ? undefined : compilePolicy(content.text);
  const former = { file: content.file, policy: before?.ok ? before.policy : undefined };
  const loosened = loosenedBetween(former, { file, policy: reading.policy }, subject);
  const { source, hash } = reading.policy;
  return acceptable({ subject, content: { file, text: source }, hash, loosened }, accepted);
}

/** A file that cannot be used changes nothing, so nothing of it waits. */
function heldLock({ subject, content }: Kept, accepted: AcceptedStore): Acceptable | undefined {
  const file = path.join(subject.folder, LOCK_NAME);
  try {
    const text = readLockFile(file);
    if (text === undefined) return undefined;
    const loosened = loosenedLock(lockIn(content.text), lockIn(text));
    return acceptable({ subject, content: { file, text }, hash: sha256(text), loosened }, accepted);
  } catch {
    return undefined;
  }
}

interface Waiting {
  readonly subject: AcceptedSubject;
  readonly content: { readonly file: string; readonly text: string };
  readonly hash: string;
  readonly loosened: readonly Loosening[];
}

function acceptable({ subject, content, hash, loosened }: Waiting, accepted: AcceptedStore): Acceptable | undefined {
  if (loosened.length === 0) return undefined;
  const { kind: what, server } = subject;
  return {
    edit: { what, server, file: content.file, hash, loosened },
    accept: async (audit) => accept({ accepted, audit }, { subject, content, loosened, approver: 'shell' }),
  };
}

async function heldConfiguration({ subject }: Kept, accepted: AcceptedStore, io: Io): Promise<Acceptable | undefined> {
  const { folder, config } = subject;
  const ratchet = openConfigurationRatchet({
    folder,
    accepted,
    user: userHere(io),
    log: stderrLog(io),
    ...(config === undefined ? {} : { config }),
  });
  const held = await ratchet.look().then(
    () => ratchet.held(),
    () => undefined,
  );
  return (
    held && {
      edit: { server: '', ...held },
      async accept(audit) {
        const problem = await ratchet.accept(held.hash, 'shell', audit);
        if (problem !== undefined) throw new UsageError(problem);
      },
    }
  );
}
