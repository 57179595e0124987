/** Every rule of the analysis. To add one: a file in rules/ named by its code, a line here, a page in docs/rules. */
import { PROBLEM_TITLES } from './problems.ts';
import type { Rule, RuleInfo } from './rule.ts';
import { alwaysDenies } from './rules/always-denies.ts';
import { approvalUnanswered } from './rules/approval-unanswered.ts';
import { clientNameReliance } from './rules/client-name-reliance.ts';
import { constantRegex } from './rules/constant-regex.ts';
import { contradictoryConditions } from './rules/contradictory-conditions.ts';
import { costlyRegex } from './rules/costly-regex.ts';
import { dangerousToolAllowed } from './rules/dangerous-tool-allowed.ts';
import { defaultAllowUncovered } from './rules/default-allow-uncovered.ts';
import { deniesEverything } from './rules/denies-everything.ts';
import { entryUnderHiddenTool } from './rules/entry-under-hidden-tool.ts';
import { liftedAction } from './rules/lifted-action.ts';
import { loneStarListsNothing } from './rules/lone-star-lists-nothing.ts';
import { lookAlikeName } from './rules/look-alike-name.ts';
import { neverDenies } from './rules/never-denies.ts';
import { notCore } from './rules/not-core.ts';
import { notThroughGateway } from './rules/not-through-gateway.ts';
import { operatorTypeMismatch } from './rules/operator-type-mismatch.ts';
import { patternMatchesNothing } from './rules/pattern-matches-nothing.ts';
import { redundantCondition } from './rules/redundant-condition.ts';
import { secretInPolicy } from './rules/secret-in-policy.ts';
import { separateCounters } from './rules/separate-counters.ts';
import { sessionRateLimit } from './rules/session-rate-limit.ts';
import { toolChanged } from './rules/tool-changed.ts';
import { toolVanished } from './rules/tool-vanished.ts';
import { uncorrelatedElements } from './rules/uncorrelated-elements.ts';
import { unknownArgument } from './rules/unknown-argument.ts';
import { unknownTool } from './rules/unknown-tool.ts';
import { unreachableLimit } from './rules/unreachable-limit.ts';
import { valueOutOfRange } from './rules/value-out-of-range.ts';
import { valueTypeMismatch } from './rules/value-type-mismatch.ts';
import { zeroLimit } from './rules/zero-limit.ts';
import { SETTING_RULES } from './settings.ts';

/** What a valid policy is examined for. */
export const SEMANTIC_RULES: readonly Rule[] = [
  notThroughGateway,
  deniesEverything,
  loneStarListsNothing,
  unknownTool,
  toolVanished,
  toolChanged,
  lookAlikeName,
  patternMatchesNothing,
  entryUnderHiddenTool,
  unknownArgument,
  operatorTypeMismatch,
  valueTypeMismatch,
  valueOutOfRange,
  alwaysDenies,
  neverDenies,
  contradictoryConditions,
  redundantCondition,
  uncorrelatedElements,
  clientNameReliance,
  constantRegex,
  costlyRegex,
  liftedAction,
  sessionRateLimit,
  zeroLimit,
  unreachableLimit,
  separateCounters,
  approvalUnanswered,
  dangerousToolAllowed,
  defaultAllowUncovered,
  secretInPolicy,
  notCore,
];

/** Rules whose severity people may choose, and whose findings they may excuse: all but those that make a document no policy. */
export const CONFIGURABLE: ReadonlySet<string> = new Set(
  [...SEMANTIC_RULES, ...Object.values(SETTING_RULES)].map(({ code }) => code),
);

/** Whether an excuse for such findings can be written; findings about the configuration itself are mended there. */
export function isExcusable(code: string): boolean {
  return SEMANTIC_RULES.some((rule) => rule.code === code);
}

/** All codes with their default severity and title, the problems of invalid documents first. */
export const ruleTable: readonly RuleInfo[] = [
  ...Object.entries(PROBLEM_TITLES).map(([code, title]): RuleInfo => ({ code, severity: 'error', title })),
  ...SEMANTIC_RULES.map(({ code, severity, title }): RuleInfo => ({ code, severity, title })),
  ...Object.values(SETTING_RULES),
];

/** The page that explains a rule. */
export function rulePage(code: string): string {
  return docsPage(`rules/${code}.md`);
}

/** A page of docs/, as published. */
export function docsPage(page: string): string {
  return `https://github.com/portcullis-mcp/portcullis/blob/main/docs/${page}`;
}
