/** The findings about one owner's rules, each handed out once: to the field, else to the rule around it, else to the form. */
import type { Finding } from '../../../analysis/finding.ts';
import type { Span } from '../../../policy/index.ts';
import type { FormFinding } from '../../../protocol/policyForms.ts';

export class FindingsByPlace {
  readonly #left: Set<Finding>;

  /** @param around - The owner's rules in the text, its key included; none where it has none. */
  constructor(findings: readonly Finding[], around: Span | undefined) {
    this.#left = new Set(around ? findings.filter(({ span }) => isWithin(span, around)) : []);
  }

  /** Those about a place that no smaller one took. */
  take(place: Span): readonly FormFinding[] {
    const found = [...this.#left].filter(({ span }) => isWithin(span, place));
    for (const finding of found) this.#left.delete(finding);
    return found.map(({ severity, message }) => ({ severity, message }));
  }

  rest(): readonly FormFinding[] {
    return [...this.#left].map(({ severity, message }) => ({ severity, message }));
  }
}

const isWithin = (span: Span, place: Span): boolean => place.start <= span.start && span.end <= place.end;
