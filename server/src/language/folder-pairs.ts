/**
 * Which policy is for which server in a workspace of several folders. A gateway serves one folder, so each folder's policies are for its own servers and
 * the user's, as if it were open alone: what another folder holds makes nothing ambiguous here, and takes nothing away. Pure.
 */
import path from 'node:path';
import type { ServerDefinition } from '../mcp/definition.ts';
import { pairPolicies, POLICY_FOLDERS, type PolicyFile } from '../mcp/index.ts';

export interface Pair {
  readonly server: string;
  /** Path of the policy. */
  readonly policy: string;
}

type Server = Pick<ServerDefinition, 'name' | 'origin' | 'settings'>;

/** `folders`: absolute paths of the workspace's folders. */
export function pairInFolders(
  folders: readonly string[],
  servers: readonly Server[],
  policies: readonly PolicyFile[],
): readonly Pair[] {
  if (folders.length <= 1) return pairPolicies(servers, policies).pairs;
  return folders.flatMap((folder) => {
    const visible = servers.filter(({ origin }) => origin.userLevel || origin.folder === folder);
    return pairPolicies(
      visible,
      policies.filter(({ path: file }) => isPolicyPlace(folder, path.dirname(file))),
    ).pairs;
  });
}

/** Whether a folder of the workspace keeps policies in `place`. */
export function isPolicyPlace(folder: string, place: string): boolean {
  return POLICY_FOLDERS.some((each) => path.join(folder, each) === place);
}
