import { describe, expect, it } from 'vitest';
import { finding, findings, policy, underlined } from '../support.ts';

const code = 'uncorrelated-elements';

function group(list: string, ...paths: readonly string[]): string {
  return policy({
    tools: { t: { [list]: [{ conditions: paths.map((path) => ({ path, op: 'exists', value: true })) }] } },
  });
}

describe(code, () => {
  it('points at a group that asks two things of one array', () => {
    const text = group('deny_if', 'args.a.items[*].x', 'args["a"].items[*].y');
    const found = finding(code, text);
    expect(underlined(text, found)).toContain('"conditions"');
    expect(found.message).toContain('"args["a"].items"');
  });

  it('is silent about different arrays, single elements and "require", where every element must satisfy both', () => {
    expect(findings(code, group('deny_if', 'args.a[*].x', 'args.b[*].y'))).toEqual([]);
    expect(findings(code, group('deny_if', 'args.a[0].x', 'args.a[0].y'))).toEqual([]);
    expect(findings(code, group('require', 'args.a[*].x', 'args.a[*].y'))).toEqual([]);
  });
});
