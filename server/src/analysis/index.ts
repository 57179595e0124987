/** Findings about a policy, each with what to do next. Pure: reads a text and what is known of the server, changes nothing. */
export { analyze, examine, type AnalysisInput } from './analyze.ts';
export type { Elsewhere, Finding, Fix, Severity, TextChange } from './finding.ts';
export { nearest } from './nearest.ts';
export type { Excuse, ExcusedFinding, FindingSettings } from './settings.ts';
export type { RuleInfo, WayAround } from './rule.ts';
export { docsPage, isExcusable, rulePage, ruleTable } from './table.ts';
export { AnalysisMemory } from './unchanged.ts';
