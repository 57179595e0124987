/** Holds the classifier's verdicts against labels and hints. */
import type { Tool } from '../../server/src/catalog/index.ts';
import type { Category, RiskLevel } from '../../server/src/policy/vocabulary.ts';
import { RISK_LEVELS } from '../../server/src/policy/vocabulary.ts';
import { classifyTool, type Risk } from '../../server/src/risk/index.ts';
import type { Labelled, Listed } from './samples.mts';

/** The level that a category has when nothing lifts it. */
const BASE_LEVEL: Readonly<Record<Category, RiskLevel>> = {
  Read: 'low',
  Write: 'medium',
  Execute: 'high',
  Destructive: 'critical',
  Financial: 'critical',
};

const DANGEROUS: ReadonlySet<Category> = new Set(['Execute', 'Destructive', 'Financial']);

export interface Judged {
  readonly sample: Labelled;
  readonly risk: Risk;
  /** The verdict's category is the label's. */
  readonly exact: boolean;
  /** The verdict's category, or its second one, is among the label's. */
  readonly acceptable: boolean;
  readonly sameLevel: boolean;
  /** The verdict's level is the label's or higher. */
  readonly levelHolds: boolean;
  /** Execute, Destructive or Financial by label, Read by verdict: what must not happen. */
  readonly dangerousCalledRead: boolean;
  /** Read by label, something else by verdict: a nuisance. */
  readonly readFlagged: boolean;
}

export function judgeLabelled(sample: Labelled): Judged {
  const risk = classifyTool(sample.tool);
  const accepted: readonly Category[] = [sample.category, ...sample.also];
  const level = rank(sample.level ?? BASE_LEVEL[sample.category]);
  return {
    sample,
    risk,
    exact: risk.category === sample.category,
    acceptable: [risk.category, risk.also].some((category) => category !== undefined && accepted.includes(category)),
    sameLevel: rank(risk.level) === level,
    levelHolds: rank(risk.level) >= level,
    dangerousCalledRead: DANGEROUS.has(sample.category) && risk.category === 'Read',
    readFlagged: sample.category === 'Read' && risk.category !== 'Read',
  };
}

function rank(level: RiskLevel): number {
  return RISK_LEVELS.indexOf(level);
}

export interface Hinted {
  readonly sample: Listed;
  readonly risk: Risk;
  /** `readOnlyHint` says the same as Read or not Read; `undefined` where the vendor gives no such hint. */
  readonly agrees: boolean | undefined;
  /** The same for a verdict that was reached without seeing the hints. */
  readonly agreesBlind: boolean | undefined;
}

export function judgeListed(sample: Listed): Hinted {
  const { annotations, ...bare } = sample.tool;
  const risk = classifyTool(sample.tool);
  return {
    sample,
    risk,
    agrees: agreement(annotations, risk),
    agreesBlind: agreement(annotations, classifyTool(bare)),
  };
}

function agreement(hints: Tool['annotations'], risk: Risk): boolean | undefined {
  const readOnly = hints?.readOnlyHint;
  return typeof readOnly === 'boolean' ? readOnly === (risk.category === 'Read') : undefined;
}
