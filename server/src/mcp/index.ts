/** What other rooms may use of this one: configured servers, connections to them, and their tool lists. */
export { UpstreamError, type UpstreamFailure } from './errors.ts';
export { openTransport } from './open.ts';
export { parseMessage, type MessageReading } from './parse.ts';
export { defaultCacheFolder, loadSnapshot, saveSnapshot, snapshotKey } from './snapshot.ts';
export { readToolsFile, type ToolsFileReading } from './tools.ts';
export { listTools, ToolSession, type ListOptions, type SessionOptions, type ToolListing } from './toolSession.ts';
export type { ResolvedLaunch, Transport, TransportOptions } from './transport.ts';
