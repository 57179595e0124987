/** A shop that pretends: a few products, customers and orders, in memory, as they were at every start. Reaches nothing and nobody. */

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly stock: number;
}

export interface Order {
  readonly id: number;
  readonly customer: string;
  readonly sku: string;
  readonly total: number;
  readonly refunded: number;
  readonly status: 'paid' | 'shipped' | 'refunded' | 'cancelled';
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export class Shop {
  readonly products = new Map(products.map((product) => [product.sku, product]));
  readonly orders = new Map(orders.map((order) => [order.id, order]));
  readonly customers = new Map(customers.map((customer) => [customer.id, customer]));

  product(sku: string): Product {
    return found(this.products.get(sku), `product ${sku}`);
  }

  order(id: number): Order {
    return found(this.orders.get(id), `order ${String(id)}`);
  }

  customer(id: string): Customer {
    return found(this.customers.get(id), `customer ${id}`);
  }

  changeProduct(sku: string, change: Partial<Product>): Product {
    const changed = { ...this.product(sku), ...change };
    this.products.set(sku, changed);
    return changed;
  }

  changeOrder(id: number, change: Partial<Order>): Order {
    const changed = { ...this.order(id), ...change };
    this.orders.set(id, changed);
    return changed;
  }

  /** Never more than was paid. */
  refund(id: number, amount: number): Order {
    const { total, refunded } = this.order(id);
    if (amount > total - refunded) throw new Error(`Only ${String(total - refunded)} of order ${String(id)} is left.`);
    const all = refunded + amount === total;
    return this.changeOrder(id, { refunded: refunded + amount, ...(all && { status: 'refunded' }) });
  }
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Error(`There is no ${name}.`);
  return thing;
}

const products: readonly Product[] = [
  { sku: 'KETTLE-1', name: 'Kettle', price: 39, stock: 12 },
  { sku: 'LAMP-2', name: 'Desk lamp', price: 54, stock: 7 },
  { sku: 'MUG-3', name: 'Mug', price: 9, stock: 140 },
];

const customers: readonly Customer[] = [
  { id: 'C-1', name: 'Ada Example', email: 'ada@example.com' },
  { id: 'C-2', name: 'Ben Example', email: 'ben@example.com' },
];

const orders: readonly Order[] = [
  { id: 1001, customer: 'C-1', sku: 'LAMP-2', total: 54, refunded: 0, status: 'shipped' },
  { id: 1002, customer: 'C-2', sku: 'MUG-3', total: 36, refunded: 0, status: 'paid' },
];
