/** What a run found and how much of it meant anything: a run in which little gets through, or little is denied, proves nothing. */

export interface Finding {
  readonly what: string;
  /** What arrived or was sent, as text. */
  readonly about: string;
}

const MAX_FINDINGS = 20;
const MAX_LENGTH = 4_000;

export class Report {
  readonly counts = new Map<string, number>();
  readonly findings: Finding[] = [];

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  found(what: string, about: string): void {
    this.count(`found: ${what}`);
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ what, about: about.slice(0, MAX_LENGTH) });
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  /** Sentences about what there was too little of among `cases`; empty when the run is worth something. */
  starved(cases: number): readonly string[] {
    const least: Readonly<Record<string, number>> = {
      'arrived: tools/call': 0.04,
      'decided: allow': 0.04,
      'decided: deny': 0.1,
      'decided: (invalid request)': 0.02,
      'answered: result': 0.04,
      'answered: denial': 0.03,
      'answered: error': 0.1,
    };
    return Object.entries(least)
      .filter(([what, share]) => this.of(what) < cases * share)
      .map(([what, share]) => `${what}: ${this.of(what)} of ${cases} cases, at least ${share * 100} % are needed`);
  }

  /** One line for each count, the most frequent first. */
  histogram(): string {
    const lines = [...this.counts].sort(([, a], [, b]) => b - a);
    return lines.map(([what, count]) => `${String(count).padStart(9)}  ${what}`).join('\n');
  }
}
