import { describe, expect, it } from 'vitest';
import { classifyTool, recommendedRule } from '../../../server/src/risk/index.ts';

function recommend(name: string) {
  const tool = { name };
  const { summary: _, ...rule } = recommendedRule(tool, classifyTool(tool));
  return rule;
}

describe('recommendedRule', () => {
  it('allows reading', () => {
    expect(recommend('get_x')).toEqual({ kind: 'entry', entry: {} });
  });

  it('limits what only perhaps reads', () => {
    const tool = { name: 'get_x' };
    expect(recommendedRule(tool, { ...classifyTool(tool), confidence: 'low' })).toMatchObject({
      entry: { limits: [{ counter: 'get_x_rate', max: 30 }] },
    });
  });

  it('limits writing and running, by a counter named after the tool', () => {
    const limit = { window: 'minute', scope: 'grant' };
    expect(recommend('createIssue')).toEqual({
      kind: 'entry',
      entry: { limits: [{ ...limit, counter: 'createissue_rate', max: 30 }] },
    });
    expect(recommend('run_job')).toEqual({
      kind: 'entry',
      entry: { limits: [{ ...limit, counter: 'run_job_rate', max: 10 }] },
    });
  });

  it('hides destruction and holds money for approval', () => {
    expect(recommend('delete_x')).toEqual({ kind: 'hide' });
    expect(recommend('pay_bill')).toEqual({ kind: 'entry', entry: { action: 'require_approval' } });
  });

  it('keeps counters within what the language admits', () => {
    const rule = recommend(`create_\u0000${'x'.repeat(500)}`);
    const counter = JSON.stringify(rule).match(/"counter":"([^"]*)"/)?.[1] ?? '';
    expect(counter).not.toMatch(/\\u0000/);
    expect([...counter].length).toBeLessThanOrEqual(256);
  });
});
