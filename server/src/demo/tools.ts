/** The tools of the pretended shop: names, descriptions and schemas as a real shop's server has them, and what each does to the shop in memory. */
import type { Shop } from './shop.ts';

export interface DemoTool {
  readonly name: string;
  readonly description: string;
  /** Arguments that must be there; optional ones are not used, to keep calls short. */
  readonly properties: Readonly<Record<string, ArgumentSchema>>;
  readonly annotations?: { readonly readOnlyHint?: boolean; readonly destructiveHint?: boolean };
  run(shop: Shop, args: Arguments): unknown;
}

/** JSON Schema of one argument. */
export interface ArgumentSchema {
  readonly type: 'string' | 'number' | 'integer';
  readonly description: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly enum?: readonly string[];
}

/** Of the types that the schema names: checked before a tool runs. */
export interface Arguments {
  text(name: string): string;
  number(name: string): number;
}

const sku: ArgumentSchema = { type: 'string', description: 'Number of the product, for example LAMP-2' };
const order: ArgumentSchema = { type: 'integer', description: 'Number of the order, for example 1001', minimum: 1 };
const customer: ArgumentSchema = { type: 'string', description: 'Number of the customer, for example C-1' };
const text: ArgumentSchema = { type: 'string', description: 'What to say' };
const query: ArgumentSchema = { type: 'string', description: 'A word to look for' };
const stock: ArgumentSchema = { type: 'integer', description: 'Pieces in stock', minimum: 0 };
const price: ArgumentSchema = { type: 'number', description: 'Price in euros', exclusiveMinimum: 0 };
const amount: ArgumentSchema = { type: 'number', description: 'Euros to give back', exclusiveMinimum: 0 };
const kind: ArgumentSchema = { type: 'string', description: 'Which report', enum: ['sales', 'stock', 'refunds'] };

const reading = { annotations: { readOnlyHint: true } } as const;
const destroying = { annotations: { destructiveHint: true } } as const;

export const demoTools: readonly DemoTool[] = [
  {
    name: 'list_products',
    description: 'List every product of the shop with its price and stock.',
    properties: {},
    ...reading,
    run: (shop) => [...shop.products.values()],
  },
  {
    name: 'get_order',
    description: 'Get one order: customer, product, total and status.',
    properties: { order },
    ...reading,
    run: (shop, args) => shop.order(args.number('order')),
  },
  {
    name: 'search_customers',
    description: 'Search customers by name.',
    properties: { query },
    ...reading,
    run: (shop, args) => [...shop.customers.values()].filter(({ name }) => name.includes(args.text('query'))),
  },
  {
    name: 'run_report',
    description: 'Run a report over the whole shop. Takes the database a while.',
    properties: { kind },
    ...reading,
    run: (shop, args) => ({ report: args.text('kind'), products: shop.products.size, orders: shop.orders.size }),
  },
  {
    name: 'update_stock',
    description: 'Set how many pieces of a product are in stock.',
    properties: { sku, stock },
    run: (shop, args) => shop.changeProduct(args.text('sku'), { stock: args.number('stock') }),
  },
  {
    name: 'change_price',
    description: 'Change the price of a product, at once, for everybody.',
    properties: { sku, price },
    run: (shop, args) => shop.changeProduct(args.text('sku'), { price: args.number('price') }),
  },
  {
    name: 'email_customer',
    description: 'Send an e-mail to a customer.',
    properties: { customer, text },
    run: (shop, args) => ({ pretendedToSendTo: shop.customer(args.text('customer')).email, text: args.text('text') }),
  },
  {
    name: 'cancel_order',
    description: 'Cancel an order that was not shipped yet.',
    properties: { order },
    run: (shop, args) => shop.changeOrder(args.number('order'), { status: 'cancelled' }),
  },
  {
    name: 'refund_order',
    description: 'Pay money of an order back to its customer.',
    properties: { order, amount },
    run: (shop, args) => shop.refund(args.number('order'), args.number('amount')),
  },
  {
    name: 'export_customers',
    description: 'Export the personal data of all customers.',
    properties: {},
    run: (shop) => [...shop.customers.values()],
  },
  {
    name: 'delete_product',
    description: 'Delete a product for good.',
    properties: { sku },
    ...destroying,
    run: (shop, args) => ({ deleted: shop.products.delete(shop.product(args.text('sku')).sku) }),
  },
  {
    name: 'delete_customer',
    description: 'Delete a customer and all orders of that customer for good.',
    properties: { customer },
    ...destroying,
    run: (shop, args) => ({ deleted: shop.customers.delete(shop.customer(args.text('customer')).id) }),
  },
];
