/** A server and a policy of the size that people really have: hundreds of tools, most with rules. */
import type { Tool } from '../../../server/src/catalog/tool.ts';

const VERBS = ['get', 'list', 'create', 'update', 'delete', 'run', 'transfer', 'search'] as const;

const nameOf = (index: number): string => `${VERBS[index % VERBS.length]}_record_${index}`;

export function largeToolList(count: number): readonly Tool[] {
  return Array.from({ length: count }, (_, index) => ({
    name: nameOf(index),
    description: `Does what its name says to record ${index}. It takes an amount, a symbol and options.`,
    inputSchema: {
      type: 'object',
      required: ['amount', 'symbol'],
      properties: {
        amount: { type: 'number', minimum: 0, description: 'How much.' },
        symbol: { type: 'string', enum: ['BTC', 'ETH', 'EUR'], description: 'Of what.' },
        note: { type: 'string', maxLength: 200 },
        options: {
          type: 'object',
          properties: { dryRun: { type: 'boolean' }, tags: { type: 'array', items: { type: 'string' } } },
        },
      },
    },
  }));
}

/** One entry for each tool, each with a condition and a limit. `wrong`: each looks at an argument that its tool does not have. */
export function largePolicy(count: number, wrong = false): string {
  const tools = Object.fromEntries(Array.from({ length: count }, (_, index) => [nameOf(index), entry(index)]));
  const text = JSON.stringify({ version: '1', default: 'deny', tools }, undefined, 2);
  return wrong ? text.replaceAll('args.symbol', 'args.symbl') : text;
}

function entry(index: number): object {
  const limit = { counter: `record_${index}`, window: 'minute', max: 5 };
  const amount = { path: 'args.amount', op: 'gt', value: 1000, on_deny: 'Too much at once.' };
  const symbol = { path: 'args.symbol', op: 'in', value: ['BTC', 'ETH'] };
  const tag = { path: 'args.options.tags[*]', op: 'regex', value: '^[a-z]+$' };
  return index % 8 === 0
    ? { require: [symbol, tag], limits: [limit] }
    : { deny_if: [amount], require: [symbol], limits: [limit] };
}
