/** How a risk is shown: always a word and a sign, never colour alone. */
import type { Category, RiskLevel } from '../../policy/vocabulary.ts';
import type { Risk } from '../../risk/verdict.ts';

const SIGNS: Readonly<Record<RiskLevel, string>> = { low: '○', medium: '◔', high: '◑', critical: '●' };

const CATEGORY_MEANING: Readonly<Record<Category, string>> = {
  Read: 'retrieves data and changes nothing',
  Write: 'creates or changes data',
  Execute: 'runs code or sets processes going, with an effect that depends on the arguments',
  Destructive: 'removes something for good',
  Financial: 'moves money or enters into an obligation',
};

/** For example `● critical · Destructive, also Financial`. */
export function riskBadge(risk: Risk): string {
  return badge(risk, risk.level);
}

/** For example `● critical`, where there is room for no more. */
export function levelBadge({ level }: Risk): string {
  return `${SIGNS[level]} ${level}`;
}

/** For example `creates or changes data; perhaps also removes something for good`. */
export function riskMeaning({ category, also }: Risk): string {
  const second = also === undefined ? '' : `; perhaps also ${CATEGORY_MEANING[also]}`;
  return CATEGORY_MEANING[category] + second;
}

/** The badge for a heading: `● critical risk · Destructive`. */
export function riskHeading(risk: Risk): string {
  return badge(risk, `${risk.level} risk`);
}

function badge({ level, category, also }: Risk, word: string): string {
  return `${SIGNS[level]} ${word} · ${category}${also === undefined ? '' : `, also ${also}`}`;
}
