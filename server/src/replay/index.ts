/** Recorded calls under another policy: what of a call has to be kept for that, and what would have been decided. */
export { excerptOf } from './excerpt.ts';
export { readKept } from './knowledge.ts';
export { replayLog, type RecordedCalls, type ReplayOptions } from './log.ts';
export { argumentPathsFor, type NamedPaths } from './named.ts';
export { isOfPolicy, saidByPolicy, type Doubt, type Replayed, type Verdict } from './replay.ts';
export { Differences, doubtInWords, type ChangedCalls, type Difference } from './summary.ts';
