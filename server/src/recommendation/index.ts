/** The policy that fits a server: planned from its tools, written down, and kept up to date. Pure; nothing here decides a call. */
export { countOutcomes, countsInWords, outcomeInWords, ruleInWords, type Counts } from './counts.ts';
export { planPolicy, type LeftOut, type Plan, type PlannedTool } from './plan.ts';
export { PROFILES, type Outcome, type Profile } from './profile.ts';
export { hasNews, reviewPolicy, type Review, type Reviewing } from './review.ts';
export { writePolicy, type Writing } from './write.ts';
