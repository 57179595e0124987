/** Severities and excuses, as people configure them. */
import { describe, expect, it } from 'vitest';
import { examine, type FindingSettings } from '../../../server/src/analysis/index.ts';
import { policy, serverWith } from './support.ts';

const limited = { rate_limit: { max: 1, window: 60 } };
const text = policy({ tools: { a: limited, b: limited } });
const known = serverWith('a', 'b');
const excuse = (at: string, code = 'session-rate-limit') => ({ code, at, reason: 'Meant.' });

function codes(settings: FindingSettings, source = text, facts: object = known): readonly string[] {
  return examine({ text: source, settings, ...facts }).findings.map(({ code, severity }) => `${code} ${severity}`);
}

describe('severities', () => {
  it('are those that are configured', () => {
    expect(codes({})).toEqual(['session-rate-limit information', 'session-rate-limit information']);
    expect(codes({ rules: { 'session-rate-limit': 'error' } })).toEqual([
      'session-rate-limit error',
      'session-rate-limit error',
    ]);
    expect(codes({ rules: { 'session-rate-limit': 'off' } })).toEqual([]);
  });

  it('of unknown codes are findings', () => {
    expect(codes({ rules: { 'session-rate-limit': 'off', 'session-ratelimit': 'off' } })).toEqual([
      'unknown-rule warning',
    ]);
    const rules = { 'session-rate-limit': 'off', ['constructor' as string]: 'off' } as const;
    expect(codes({ rules })).toEqual(['unknown-rule warning']);
  });

  it('of what makes a document no policy stay', () => {
    expect(codes({ rules: { 'unknown-key': 'off' } }, policy({ tols: {} }))).toContain('unknown-key error');
    expect(codes({ rules: { 'unknown-key': 'off', 'session-rate-limit': 'off' } })).toEqual(['unknown-rule warning']);
  });
});

describe('excuses', () => {
  it.each(['/tools/a/rate_limit', '/tools/a'])('at %s excuse one finding, and keep it', (at) => {
    const { findings, excused } = examine({ text, settings: { excused: [excuse(at)] }, ...known });
    expect(findings).toHaveLength(1);
    expect(excused.map(({ finding, reason }) => [finding.code, reason])).toEqual([['session-rate-limit', 'Meant.']]);
  });

  it('of the whole document excuse all findings of the rule', () => {
    expect(codes({ excused: [excuse('')] })).toEqual([]);
  });

  it('excuse no neighbour, no part of a name, and no other rule', () => {
    const other = policy({ tools: { ab: limited } });
    expect(codes({ excused: [excuse('/tools/a')] }, other, serverWith('ab'))).toEqual([
      'stale-excuse warning',
      'session-rate-limit information',
    ]);
    expect(codes({ excused: [excuse('/tools/a', 'zero-limit')] })[0]).toBe('stale-excuse warning');
  });

  it('are not stale while their rule is off, or cannot find anything without tools', () => {
    const excused = [excuse('/tools/gone')];
    expect(codes({ excused, rules: { 'session-rate-limit': 'off' } })).toEqual([]);
    expect(codes({ excused }, text, {})).not.toContain('stale-excuse warning');
    expect(codes({ excused: [excuse('', 'not-core')], rules: { 'session-rate-limit': 'off' } })).toEqual([]);
  });

  it('of codes that cannot be excused are stale', () => {
    expect(codes({ excused: [excuse('', 'unknown-key')] }, text, {})[0]).toBe('stale-excuse warning');
  });

  it('make an invalid document no better', () => {
    expect(codes({ excused: [excuse('', 'unknown-key')] }, policy({ tols: {} }))).toContain('unknown-key error');
  });
});
