/** Reads valid JSON as lenient decoders do: which of two equal keys wins, and which keys, names and methods count as equal, is up to the caller. */

export interface Leniency {
  readonly winner: 'first' | 'last';
  /** Two keys with the same image are the same key; method and name of a call are read by their images. */
  readonly fold: (text: string) => string;
  readonly number?: (text: string) => unknown;
}

/** Keys in here belong to the tool: whether it takes "Amount" for "amount" is not the gateway's to say. */
const OWN_TO_TOOL = 'arguments';
const FOLDED_VALUES = new Set(['method', 'name']);

/** `text` is JSON that a strict reader accepts, apart from duplicate keys. Throws `SyntaxError` for other texts. */
export function readLeniently(text: string, leniency: Leniency): unknown {
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+|"/g);
  const next = (): string => {
    const token = tokens.next().value?.[0];
    if (token === undefined) throw new SyntaxError('unexpected end');
    return token;
  };
  const value = readValue(next(), next, leniency);
  if (tokens.next().value !== undefined) throw new SyntaxError('something follows');
  return value;
}

type Next = () => string;

function readValue(token: string, next: Next, leniency: Leniency): unknown {
  if (token === '{') return readObject(next, leniency);
  if (token === '[') return readArray(next, leniency);
  if (leniency.number && /^[-0-9]/.test(token)) return leniency.number(token);
  return JSON.parse(token);
}

function readObject(next: Next, leniency: Leniency): unknown {
  const { fold, winner } = leniency;
  const members = new Map<string, unknown>();
  for (let token = next(); token !== '}'; token = next()) {
    if (token === ',') continue;
    const key = fold(JSON.parse(token) as string);
    next();
    const within = key === OWN_TO_TOOL ? { ...leniency, fold: (own: string) => own } : leniency;
    const read = readValue(next(), next, within);
    const value = typeof read === 'string' && FOLDED_VALUES.has(key) ? fold(read) : read;
    if (winner === 'last' || !members.has(key)) members.set(key, value);
  }
  return Object.fromEntries(members);
}

function readArray(next: Next, leniency: Leniency): unknown {
  const items: unknown[] = [];
  for (let token = next(); token !== ']'; token = next())
    if (token !== ',') items.push(readValue(token, next, leniency));
  return items;
}
