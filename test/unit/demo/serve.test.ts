import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { serveDemo } from '../../../server/src/demo/serve.ts';

interface Answer {
  readonly id: number | null;
  readonly result?: { readonly tools?: readonly object[]; readonly content?: { text: string }[]; isError?: boolean };
  readonly error?: { readonly code: number };
}

async function answers(...lines: readonly string[]): Promise<readonly Answer[]> {
  const input = new PassThrough();
  const said: Answer[] = [];
  const served = serveDemo(input, (text) => void said.push(JSON.parse(text) as Answer));
  input.end(lines.map((line) => `${line}\n`).join(''));
  await served;
  return said;
}

const request = (method: string, params?: object): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
const call = (name: string, args: object): string => request('tools/call', { name, arguments: args });

/** The first line of text of each answer's result. */
async function results(...lines: readonly string[]): Promise<readonly (string | undefined)[]> {
  return (await answers(...lines)).map(({ result }) => result?.content?.[0]?.text);
}

describe('the demo server', () => {
  it('keeps what its tools change until it ends', async () => {
    const [refund, order] = await results(
      call('refund_order', { order: 1001, amount: 20 }),
      call('get_order', { order: 1001 }),
    );
    expect(refund).toBe(order);
    expect(order).toContain('"refunded":20');
    expect((await results(call('get_order', { order: 1001 })))[0]).toContain('"refunded":0');
  });

  it('never gives back more than was paid', async () => {
    const [first, second] = await results(
      call('refund_order', { order: 1001, amount: 50 }),
      call('refund_order', { order: 1001, amount: 5 }),
    );
    expect(first).toContain('"refunded":50');
    expect(second).toBe('Only 4 of order 1001 is left.');
  });

  it.each([
    ['a missing argument', { sku: 'MUG-3' }, '"price" must be a number.'],
    ['a text for a number', { sku: 'MUG-3', price: '9' }, '"price" must be a number.'],
    ['a thing that is not there', { sku: 'NONE', price: 9 }, 'There is no product NONE.'],
  ])('answers %s as an error of the tool', async (_what, args, text) => {
    const [answer] = await answers(call('change_price', args));
    expect(answer?.result).toEqual({ content: [{ type: 'text', text }], isError: true });
  });

  it.each([
    ['refund_order', { order: 1001, amount: -5 }, '"amount" must be more than 0.'],
    ['refund_order', { order: 1001, amount: 0 }, '"amount" must be more than 0.'],
    ['update_stock', { sku: 'MUG-3', stock: -1 }, '"stock" must be at least 0.'],
    ['update_stock', { sku: 'MUG-3', stock: 1.5 }, '"stock" must be a whole number.'],
    ['run_report', { kind: 'salaries' }, '"kind" must be one of sales, stock, refunds.'],
  ])('refuses what the schema of %s does not allow: %j', async (tool, args, text) => {
    const [answer] = await answers(call(tool, args));
    expect(answer?.result).toEqual({ content: [{ type: 'text', text }], isError: true });
  });

  it('takes what a bound just allows', async () => {
    expect(await results(call('update_stock', { sku: 'MUG-3', stock: 0 }))).toEqual([
      expect.stringContaining('"stock":0'),
    ]);
  });

  it('answers what it does not know, and no notification', async () => {
    const said = await answers(
      '{"jsonrpc":"2.0","method":"notifications/initialized"}',
      request('resources/list'),
      call('no_such_tool', {}),
      'no JSON',
    );
    expect(said.map(({ error }) => error?.code)).toEqual([-32601, -32602, -32700]);
  });

  it('lists a dozen tools', async () => {
    expect((await answers(request('tools/list')))[0]?.result?.tools).toHaveLength(12);
  });
});
