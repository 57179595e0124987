/** One thing that speaks for a category, with the evidence it rests on. Types and the order of severity. */
import type { Category } from '../policy/vocabulary.ts';

export interface Claim {
  readonly category: Category;
  /** A weak claim gives way to a strong one of another source. */
  readonly strength: 'strong' | 'weak';
  /** A sentence that quotes the evidence, already escaped. */
  readonly why: string;
}

const SEVERITY: Readonly<Record<Category, number>> = { Read: 0, Write: 1, Execute: 2, Destructive: 3, Financial: 3 };

/** Positive when `a` is worse than `b`, 0 when neither is. */
export function compareSeverity(a: Category, b: Category): number {
  return SEVERITY[a] - SEVERITY[b];
}

/** The worst of several claims; of equals the first. */
export function worst<T extends { readonly category: Category }>(claims: readonly T[]): T | undefined {
  return claims.reduce<T | undefined>(
    (found, claim) => (found === undefined || compareSeverity(claim.category, found.category) > 0 ? claim : found),
    undefined,
  );
}
