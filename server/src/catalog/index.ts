/** Describes what servers say of their tools: argument paths, fingerprints, differences, and untrusted text made safe to show. Judges nothing. */
export { argumentPaths, type ArgumentPath } from './argument.ts';
export { canonicalJson } from './canonical.ts';
export { escapeUntrusted, escapeWhole, hasHiddenCharacters, hiddenCharacters, type EscapeOptions } from './escape.ts';
export { findArgument, type AbsentArgument, type FoundArgument } from './find.ts';
export { diffCatalogs, fingerprint, toolsByName, type CatalogChanges, type ChangedTool } from './fingerprint.ts';
export { keyPath } from './path.ts';
export type { JsonType } from './schema/node.ts';
export { estimateTokens } from './tokens.ts';
export type { Catalog, Tool, ToolAnnotations } from './tool.ts';
export { unreviewedTools, type UnreviewedTools } from './unreviewed.ts';
export {
  EMPTY_LOCK,
  lockServer,
  namesTwice,
  pinOf,
  readLock,
  singleTools,
  writeLock,
  type Lock,
  type LockedServer,
  type LockReading,
} from './lock.ts';
export { acceptChanges, readableLines, readableTool, changedTools, type ToolChange } from './review.ts';
