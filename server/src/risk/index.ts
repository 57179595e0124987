/** Judges tools: category, level, evidence, signals, and the rule that fits. Pure and deterministic. */
export { attacksOn, type AttackClass } from './attacks.ts';
export { classifyTool } from './classify.ts';
export { recommendedRule, type RecommendedEntry, type RecommendedRule } from './recommend.ts';
export type { Risk, Signal, SignalCode } from './verdict.ts';
