/** What other rooms may use of this one: configured servers, the policies they belong to, connections to them, and their tool lists. */
export { readConfigFile } from './configFile.ts';
export { fileReason, writeProblem } from './fileReasons.ts';
export { LOCK_NAME, MAX_LOCK_BYTES, readPinned, sha256 } from './lockFile.ts';
export { problemLine, type ConfigProblem } from './configProblem.ts';
export { findPolicies, findPolicyTests, POLICY_FOLDERS } from './policyFiles.ts';
export { discoverServers, observedSentence, type DiscoverOptions, type Discovery } from './discover.ts';
export { inputFor } from './inputs.ts';
export { Guard, type GroupWatch } from './stdio/guard.ts';
export { UpstreamError, type UpstreamFailure } from './errors.ts';
export type { UserPlace } from './hosts/host.ts';
export { DEFAULT_SETTINGS } from './hosts/portcullis.ts';
export { ServerLogin, type ServerLoginOptions } from './oauth/serverLogin.ts';
export { openTransport } from './open.ts';
export { asLine } from './stdio/asLine.ts';
export {
  pairPolicies,
  type Ambiguity,
  type PairReason,
  type Pairing,
  type PolicyFile,
  type PolicyPair,
} from './pairing.ts';
export { readUserSettings, systemHome } from './userSettings.ts';
export {
  defaultCacheFolder,
  definitionDigest,
  loadSnapshot,
  reviewedKey,
  saveSnapshot,
  snapshotKey,
} from './snapshot.ts';
export { readToolsFile, type ToolsFileReading } from './tools.ts';
export { listTools } from './listTools.ts';
export type { ListOptions, ToolListing } from './toolSession.ts';
export type { ResolvedLaunch, Transport, TransportOptions } from './transport.ts';
export { LaunchError, resolveLaunch, type LaunchFailure, type LaunchResolver } from './variables.ts';
