/** Where the command line finds what was accepted. */
import { AcceptedFiles } from '../state/index.ts';
import { text, type Invocation, type Io } from './command.ts';
import { stateFolder } from './stateFolder.ts';

/** Never where a workspace's configuration says: by another folder, an agent could have everything accepted anew. */
export function acceptedContents(invocation: Invocation, io: Io): AcceptedFiles {
  return new AcceptedFiles(stateFolder(text(invocation, 'state'), io));
}
