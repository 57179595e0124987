/** Where the command line finds what was accepted, whom it tells what a person accepts, and what puts that on record. */
import { AcceptedFiles, SharedAccepted, type AcceptedStore, type AuditLog } from '../state/index.ts';
import { text, type Invocation, type Io } from './command.ts';
import { sharingBy } from './sharing.ts';
import { stateFolder } from './stateFolder.ts';
import { withSharedState, withState } from './withState.ts';

/** Never where a workspace's configuration says: by another folder, an agent could have everything accepted anew. */
export function acceptedContents(invocation: Invocation, io: Io): AcceptedFiles {
  return new AcceptedFiles(stateFolder(text(invocation, 'state'), io));
}

/** As `acceptedContents`; with `--shared-state-env` the gateways of other machines are told of what `work` accepts. Rejects as `work` does. */
export function withAcceptedContents<T>(
  invocation: Invocation,
  io: Io,
  work: (store: AcceptedStore) => T | Promise<T>,
): Promise<T> {
  const own = acceptedContents(invocation, io);
  if (sharingBy(invocation, undefined, io) === undefined) return Promise.resolve(work(own));
  return withSharedState(invocation, io, async ({ sharing }) => {
    if (!sharing) return work(own);
    const shared = new SharedAccepted(own, sharing.acceptances);
    const result = await work(shared);
    await shared.told();
    return result;
  });
}

/** The log beside what was accepted: a workspace that names another folder for its log has no say in this one either. */
export function recording<T>(
  invocation: Invocation,
  io: Io,
  work: (audit: Pick<AuditLog, 'append'>) => Promise<T> | T,
): Promise<T> {
  return withState(invocation, io, ({ audit }) => work(audit));
}
