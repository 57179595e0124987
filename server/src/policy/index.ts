/** The policy engine's public face: everything that other rooms may use. */
export { compilePolicy, type Compilation } from './compile.ts';
export { CompileMemory } from './compile-memory.ts';
export { compiledAs } from './moved-entry.ts';
export { regexFor } from './compile-conditions.ts';
export type * from './compiled.ts';
export { MemoryCounters } from './counters.ts';
export { counterDenial, decide, type Decision } from './decide.ts';
export type * from './decision.ts';
export * from './decimal.ts';
export type {
  Approval,
  Entry,
  Group,
  Limit,
  PolicyDocument,
  Predicate,
  RateLimit,
  Ruleset,
} from './generated/document.ts';
export { applyChanges, changesBetween, type TextChange } from './changes.ts';
export { editPolicy, type EntryEdit, type PolicyEdit } from './edits.ts';
export {
  explainTool,
  isRestricted,
  restrictionAt,
  type GoverningRuleset,
  type Restriction,
  type ToolStanding,
} from './explain.ts';
export { readCounterIdentity, type CounterName, type CounterParts, type CounterScope } from './identity.ts';
export type { ReadLimits } from './json/limits.ts';
export type * from './json/node.ts';
export { escapeToken, locate, pointerAt, pointerOf, tokensOf, type Located } from './json/pointer.ts';
export { readJson } from './json/reader.ts';
export { toValue, writeJson, type NumberForm } from './json/value.ts';
export { agentDenial, judge } from './judge.ts';
export { limitCounting } from './limit-counting.ts';
export { locateRule } from './locate-rule.ts';
export {
  parsePath,
  type FactRoot,
  type ParsedPath,
  type PathProblem,
  type PathReading,
  type PathStep,
} from './path.ts';
export { isPattern, matchesPattern } from './pattern.ts';
export type { PolicyProblem, PolicyProblemCode } from './problem.ts';
export { looksLikePolicy } from './recognise.ts';
export { visitValues } from './resolve.ts';
export { rulesOf, rulesReached, type PolicyRule } from './rules.ts';
export { untilInWords } from './sentences.ts';
export {
  governingEntries,
  governingRulesets,
  isCallableName,
  isOrdinaryName,
  isUnsafeName,
  rulesetsIn,
} from './tool-name.ts';
export { isHidden, isListable } from './visibility.ts';
export { traceCall, type Trace, type TracedTest, type TraceStep } from './trace.ts';
export * from './vocabulary.ts';
export * from './window.ts';
