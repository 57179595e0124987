/**
 * How many tests passed, failed and were skipped: what each part of `npm test` answers and what its last line says.
 */

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One part of `npm test`. It prints readable progress while it runs. */
export interface Part {
  readonly name: string;
  readonly title: string;
  run(): Promise<Count>;
}

export const none: Count = { passed: 0, failed: 0, skipped: 0 };

export function add(one: Count, other: Count): Count {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

export function describe({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A run that proved nothing, or that ended badly without naming a failed test, counts as one failure. */
export function atLeastOneFailure(count: Count): Count {
  return count.failed > 0 ? count : { ...count, failed: 1 };
}
