/** One frame of a client: a seed, mutated or not, and how many answers the gateway owes for it. */
import { writeLoose } from './looseJson.ts';
import { byteMutations } from './mutateBytes.ts';
import { structureMutations } from './mutateStructure.ts';
import type { Random } from './random.ts';
import { seed, type Seed } from './seeds.ts';

const structural = Object.entries(structureMutations);
const written = Object.entries(byteMutations);

export interface Frame {
  /** Without a line break. */
  readonly bytes: Buffer;
  /** Which mutations made it. */
  readonly kinds: readonly string[];
  readonly repeated?: Seed['repeated'];
}

export function frame(random: Random, id: string | number): Frame {
  const kinds: string[] = [];
  const { repeated, message: seeded } = seed(random, id);
  let message = seeded;
  for (let times = random.pick([0, 0, 1, 1, 2]); times > 0; times--) {
    const [kind, mutate] = random.pick(structural);
    message = mutate(message, random);
    kinds.push(kind);
  }
  let bytes = Buffer.from(writeLoose(message, random.once(3) ? random : undefined));
  for (let times = random.pick([0, 0, 0, 1, 2]); times > 0 && bytes.length > 0; times--) {
    const [kind, mutate] = random.pick(written);
    bytes = Buffer.from(mutate(bytes, random));
    kinds.push(kind);
  }
  return { bytes: Buffer.from(bytes.filter((byte) => byte !== 0x0a)), kinds, ...(repeated ? { repeated } : {}) };
}

export interface Owed {
  /** Each must be answered under its id, or by an error without one; a batch may be refused by a single one. */
  readonly ids: readonly unknown[];
  readonly isBatch: boolean;
  /** An error without an id is owed. */
  readonly anonymous: boolean;
  /** Requests that this takes back: they need no answer. */
  readonly cancelled: readonly unknown[];
}

interface Parsed {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: { readonly requestId?: unknown };
}

/** Is answered when it ends, which it need not. */
export const LISTEN = 'subscriptions/listen';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a client may expect that knows JSON-RPC, and reads JSON as `JSON.parse` does. */
export function owedFor(bytes: Buffer): Owed {
  if (bytes.every((byte) => byte <= 0x20)) return { ids: [], isBatch: false, anonymous: false, cancelled: [] };
  try {
    const parsed = JSON.parse(utf8.decode(bytes)) as unknown;
    const messages = (Array.isArray(parsed) ? parsed : [parsed]).filter(isObject);
    const requests = messages.filter(
      ({ id, method }) => isId(id) && typeof method === 'string' && method !== '' && method !== LISTEN,
    );
    const cancelled = messages.map(({ params }) => params?.requestId).filter((id) => id !== undefined);
    return { ids: requests.map(({ id }) => id), isBatch: Array.isArray(parsed), anonymous: false, cancelled };
  } catch {
    return { ids: [], isBatch: false, anonymous: true, cancelled: [] };
  }
}

function isObject(value: unknown): value is Parsed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(id: unknown): boolean {
  return typeof id === 'string' ? id.length <= 256 : Number.isSafeInteger(id);
}
