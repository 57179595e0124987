/** Reads valid JSON as lenient decoders do: which of two equal keys wins, and which keys count as equal, is up to the caller. */

export interface Leniency {
  readonly winner: 'first' | 'last';
  /** Two keys with the same image are the same key. */
  readonly fold: (key: string) => string;
}

/** `text` is JSON that a strict reader accepts, apart from duplicate keys. */
export function readLeniently(text: string, leniency: Leniency): unknown {
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g);
  const next = (): string => tokens.next().value?.[0] ?? '';
  return readValue(next(), next, leniency);
}

function readValue(token: string, next: () => string, leniency: Leniency): unknown {
  if (token === '{') return readObject(next, leniency);
  if (token === '[') return readArray(next, leniency);
  return JSON.parse(token);
}

function readObject(next: () => string, leniency: Leniency): unknown {
  const members = new Map<string, unknown>();
  for (let token = next(); token !== '}'; token = next()) {
    if (token === ',') continue;
    const key = leniency.fold(JSON.parse(token) as string);
    next();
    const value = readValue(next(), next, leniency);
    if (leniency.winner === 'last' || !members.has(key)) members.set(key, value);
  }
  return Object.fromEntries(members);
}

function readArray(next: () => string, leniency: Leniency): unknown {
  const items: unknown[] = [];
  for (let token = next(); token !== ']'; token = next())
    if (token !== ',') items.push(readValue(token, next, leniency));
  return items;
}
