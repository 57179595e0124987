/** The demo server's tools: names as on a real exchange's MCP server, each with its arguments and what it does to the pretend exchange. */
import type { Exchange } from './exchange.ts';

export interface DemoTool {
  readonly name: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  run(exchange: Exchange, args: Arguments): unknown;
}

/** Checked access to what the agent sent. */
export interface Arguments {
  string(name: string): string;
  number(name: string): number;
  has(name: string): boolean;
}

const symbol = {
  type: 'string',
  description: 'Trading pair, for example BTCUSD',
  enum: ['BTCUSD', 'ETHUSD', 'SOLUSD'],
};
const rail = { type: 'string', description: 'Custodial partner, in capitals', enum: ['ANCHORAGE', 'BITGO'] };
const orderId = { type: 'integer', description: 'Number of the order', minimum: 1 };
const asset = { type: 'string', description: 'Asset, for example BTC' };
const amount = { type: 'number', description: 'How much of the asset', exclusiveMinimum: 0 };
const address = { type: 'string', description: 'Where to send it' };
const newOrder = {
  symbol,
  side: { type: 'string', enum: ['BUY', 'SELL'], description: 'Buy or sell' },
  quantity: { type: 'number', description: 'How much of the base asset', exclusiveMinimum: 0 },
  price: { type: 'number', description: 'Limit price; the current price if left out', exclusiveMinimum: 0 },
};

function tool(
  name: string,
  description: string,
  properties: DemoTool['properties'],
  required: readonly string[],
  run: DemoTool['run'],
): DemoTool {
  return { name: `binance_us_${name}`, description, properties, required, run };
}

function place(exchange: Exchange, args: Arguments): unknown {
  const price = args.has('price') ? args.number('price') : undefined;
  return exchange.place(args.string('symbol'), args.string('side'), args.number('quantity'), price);
}

const cancel: DemoTool['run'] = (exchange, args) => exchange.cancel(args.number('orderId'));
const ordersOf: DemoTool['run'] = (exchange, args) =>
  exchange.orders(args.has('symbol') ? args.string('symbol') : undefined);
const openOrders: DemoTool['run'] = (exchange) => exchange.orders().filter((order) => order.status === 'NEW');

const market: readonly DemoTool[] = [
  tool('ping', 'Test connectivity to the exchange.', {}, [], () => ({})),
  tool('server_time', 'Get the current server time in milliseconds.', {}, [], () => ({ serverTime: Date.now() })),
  tool('exchange_info', 'Get the trading pairs and their rules.', {}, [], (exchange) => ({
    symbols: exchange.symbols(),
  })),
  tool('ticker_price', 'Get the latest price of a trading pair.', { symbol }, ['symbol'], (exchange, args) => ({
    symbol: args.string('symbol'),
    price: exchange.price(args.string('symbol')),
  })),
  tool(
    'order_book',
    'Get the bids and asks of a trading pair.',
    { symbol, limit: { type: 'integer', minimum: 1, maximum: 5000, default: 100, description: 'Depth of the book' } },
    ['symbol'],
    (exchange, args) => {
      const price = exchange.price(args.string('symbol'));
      return { bids: [[price - 1, 2]], asks: [[price + 1, 2]] };
    },
  ),
];

const account: readonly DemoTool[] = [
  tool('account_info', 'Get the account with its balances.', {}, [], (exchange) => ({ balances: exchange.balances() })),
  tool('all_orders', 'List all orders, also cancelled ones.', { symbol }, [], ordersOf),
  tool('open_orders', 'List the orders that are still open.', {}, [], openOrders),
  tool('get_order', 'Get one order.', { symbol, orderId }, ['orderId'], (exchange, args) =>
    exchange.order(args.number('orderId')),
  ),
  tool('new_order', 'Place a new order for immediate trading.', newOrder, ['symbol', 'side', 'quantity'], place),
  tool('cancel_order', 'Cancel an open order.', { symbol, orderId }, ['symbol', 'orderId'], cancel),
  tool(
    'cancel_all_open_orders',
    'Cancel every open order of a trading pair.',
    { symbol },
    ['symbol'],
    (exchange, args) => exchange.orders(args.string('symbol')).map((order) => exchange.cancel(order.orderId)),
  ),
  tool(
    'withdraw_crypto',
    'Withdraw an asset to an external address. This cannot be undone.',
    { asset, amount, address },
    ['asset', 'amount', 'address'],
    (exchange, args) => exchange.withdraw(args.string('asset'), args.number('amount')),
  ),
];

const custody: readonly DemoTool[] = [
  tool('cust_balance', 'Get the balances held in custody.', { rail }, ['rail'], (exchange) => exchange.balances()),
  tool('cust_open_orders', 'List the open custodial orders.', { rail, symbol }, ['rail'], openOrders),
  tool('cust_order_history', 'List past custodial orders.', { rail, symbol }, ['rail'], ordersOf),
  tool(
    'cust_new_order',
    'Place a custodial trade order.',
    { rail, ...newOrder },
    ['rail', 'symbol', 'side', 'quantity'],
    place,
  ),
  tool(
    'cust_cancel_order',
    'Cancel an active custodial trade order.',
    { rail, symbol, orderId },
    ['rail', 'symbol', 'orderId'],
    cancel,
  ),
  tool(
    'cust_transfer',
    'Transfer an asset from the exchange into custody.',
    { rail, asset, amount },
    ['rail', 'asset', 'amount'],
    (exchange, args) => exchange.withdraw(args.string('asset'), args.number('amount')),
  ),
];

export const demoTools: readonly DemoTool[] = [...market, ...account, ...custody];
