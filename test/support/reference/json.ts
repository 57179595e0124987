/**
 * JSON for the reference evaluator: a reader that keeps what a number says in decimal, and equality over it. Expects valid JSON.
 * Shares nothing with the engine, so that the two can be compared.
 */

/** `digits` × 10^`power`. */
export interface Amount {
  readonly digits: bigint;
  readonly power: number;
}

export type Value =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly amount: Amount; readonly exact: boolean }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Value])[] };

export function readValue(source: string): Value {
  const tokens = source.match(/[[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+/g) ?? [];
  let next = 0;
  const take = () => tokens[next++] ?? '';
  const list = <T>(end: string, one: () => T): T[] => {
    const found: T[] = [];
    while (tokens[next] !== end) {
      found.push(one());
      if (tokens[next] === ',') take();
    }
    take();
    return found;
  };
  const value = (): Value => {
    const token = take();
    if (token === '[') return { kind: 'array', items: list(']', value) };
    if (token === '{') return { kind: 'object', entries: list('}', () => [text(take()), (take(), value())] as const) };
    if (token.startsWith('"')) return { kind: 'string', value: text(token) };
    if (token === 'null') return { kind: 'null' };
    if (token === 'true' || token === 'false') return { kind: 'boolean', value: token === 'true' };
    const own = amount(token);
    return { kind: 'number', amount: own, exact: compare(own, amount(String(Number(token)))) === 0 };
  };
  return value();
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function text(token: string): string {
  return token.slice(1, -1).replace(/\\(?:u(....)|(.))/g, (_, hex: string | undefined, one = '') => {
    return hex === undefined ? (escapes[String(one)] ?? String(one)) : String.fromCharCode(parseInt(hex, 16));
  });
}

export function amount(literal: string): Amount {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), power: Number(exponent) - fraction.length };
}

export function add(a: Amount, b: Amount): Amount {
  const power = Math.min(a.power, b.power);
  return { digits: a.digits * 10n ** BigInt(a.power - power) + b.digits * 10n ** BigInt(b.power - power), power };
}

/** Negative, zero or positive. */
export function compare(a: Amount, b: Amount): number {
  const { digits } = add(a, { digits: -b.digits, power: b.power });
  return digits < 0n ? -1 : digits > 0n ? 1 : 0;
}

export function equal(a: Value, b: Value): boolean {
  if (a.kind === 'number' && b.kind === 'number') return compare(a.amount, b.amount) === 0;
  if (a.kind === 'array' && b.kind === 'array') {
    return (
      a.items.length === b.items.length &&
      a.items.every((item, index) => equal(item, b.items[index] ?? { kind: 'null' }))
    );
  }
  if (a.kind === 'object' && b.kind === 'object') {
    return (
      a.entries.length === b.entries.length &&
      a.entries.every(([key, item]) => b.entries.some(([other, its]) => key === other && equal(item, its)))
    );
  }
  return a.kind === b.kind && 'value' in a && 'value' in b
    ? a.value === b.value
    : a.kind === 'null' && b.kind === 'null';
}

/** Member of an object; `undefined` where there is none. */
export function get(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'object' ? value.entries.find(([name]) => name === key)?.[1] : undefined;
}

export function items(value: Value | undefined): readonly Value[] {
  return value?.kind === 'array' ? value.items : [];
}

export function string(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}
