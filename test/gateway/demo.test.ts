/** What "Try It with a Demo Server" sets up, without the editor: the shipped server and policy behind a real gateway, and the demo's own agent in front. */
import { describe, expect, it } from 'vitest';
import { DemoAgent } from '../../client/src/demo/agent.ts';
import { DEMO_SERVER, demoCalls, demoDefinition, demoPolicy } from '../../client/src/demo/policy.ts';
import { bundle, portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { openEditor } from './support/editor.ts';
import { runGateway } from './support/running.ts';

const launch = { kind: 'stdio', command: process.execPath, args: [bundle, 'demo-server'], env: {} } as const;

describe('the demo', () => {
  it('shows each kind of decision once, and waits for a person at the end', async () => {
    await using running = await runGateway(launch, { policy: demoPolicy(), server: DEMO_SERVER });
    using editor = await openEditor(running.gateway);
    const agent = new DemoAgent(running.url.href, running.token, AbortSignal.timeout(20_000));
    await agent.connect();

    const said: string[] = [];
    for (const call of demoCalls.slice(0, -1)) said.push((await agent.call(call)).text);
    const last = agent.call(demoCalls.at(-1) ?? { tool: '', arguments: {} });
    const [waiting] = await editor.sees();
    expect(waiting?.message).toBe('An agent wants to pay money back.');
    await editor.decide(waiting, 'once');
    expect(await last).toEqual({ text: expect.stringContaining('"refunded":20') as string, isError: false });
    await agent.close();

    expect(running.decisions().map(({ tool, decision, rule }) => `${tool} ${decision} ${rule ?? ''}`.trim())).toEqual([
      'list_products allow',
      'run_report allow',
      'run_report allow',
      'run_report deny /tools/run_report/rate_limit',
      'change_price deny /tools/change_price/require/args.price-gte',
      'delete_customer deny (hidden)',
      'cancel_order deny (default deny)',
      'refund_order pending /tools/refund_order/approval',
      'refund_order allow /tools/refund_order/approval',
    ]);
    expect(said[4]).toContain('A price below 5 euros is a mistake.');
  });

  it('has a policy and a definition that the product has nothing to say against', async () => {
    await using folder = await makeFolder({
      'policy.json': demoPolicy(),
      'portcullis.json': demoDefinition('/nowhere/portcullis'),
    });
    const policy = folder.file('policy.json');
    const { code, out, err } = await portcullis(['check', policy, '--', process.execPath, bundle, 'demo-server']);
    expect(code, out + err).toBe(0);
    expect(out + err).not.toMatch(/information|warning:/);
  });
});
