/** Recorded calls under another policy: what of a call has to be kept for that, and what would have been decided. */
export { excerptOf } from './excerpt.ts';
export { replayLog, type RecordedCalls, type ReplayOptions } from './log.ts';
export { argumentPathsFor, type NamedPaths } from './named.ts';
export type { Doubt, Replayed, Verdict } from './replay.ts';
export { Differences, doubtInWords, type ChangedCalls, type Difference } from './summary.ts';
