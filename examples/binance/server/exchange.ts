/**
 * A pretend exchange: prices, balances and orders in memory. No key, no network, no money.
 * It exists so that one can see which calls reach a server and which do not.
 */

export interface Order {
  readonly orderId: number;
  readonly symbol: string;
  readonly side: string;
  readonly quantity: number;
  readonly price: number;
  status: 'NEW' | 'CANCELED';
}

const PRICES: Readonly<Record<string, number>> = { BTCUSD: 68000, ETHUSD: 3500, SOLUSD: 150 };

export class Exchange {
  readonly #orders: Order[] = [];
  readonly #balances = new Map([
    ['BTC', 1.5],
    ['ETH', 12],
    ['USD', 25_000],
  ]);

  price(symbol: string): number {
    const price = PRICES[symbol];
    if (price === undefined)
      throw new Error(`Unknown symbol ${symbol}. This demo trades ${Object.keys(PRICES).join(', ')}.`);
    return price;
  }

  symbols(): readonly string[] {
    return Object.keys(PRICES);
  }

  balances(): readonly { asset: string; free: number }[] {
    return [...this.#balances].map(([asset, free]) => ({ asset, free }));
  }

  place(symbol: string, side: string, quantity: number, price = this.price(symbol)): Order {
    const order: Order = { orderId: this.#orders.length + 1, symbol, side, quantity, price, status: 'NEW' };
    this.#orders.push(order);
    return order;
  }

  orders(symbol?: string): readonly Order[] {
    return this.#orders.filter((order) => symbol === undefined || order.symbol === symbol);
  }

  order(orderId: number): Order {
    const order = this.#orders.find((each) => each.orderId === orderId);
    if (!order) throw new Error(`There is no order ${orderId}.`);
    return order;
  }

  cancel(orderId: number): Order {
    const order = this.order(orderId);
    order.status = 'CANCELED';
    return order;
  }

  withdraw(asset: string, amount: number): { asset: string; amount: number; left: number } {
    const left = (this.#balances.get(asset) ?? 0) - amount;
    if (left < 0) throw new Error(`There is less than ${amount} ${asset}.`);
    this.#balances.set(asset, left);
    return { asset, amount, left };
  }
}
