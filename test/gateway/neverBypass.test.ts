/**
 * Mutated messages through the real stdio face: whatever the bytes, no denied call reaches the upstream, however leniently the upstream
 * may read what it gets (policy language §7, invariant 1). The seed is printed; set FUZZ_SEED and FUZZ_CASES to repeat or deepen a run.
 */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { selfTest } from '../../server/src/gateway/selfTest.ts';
import { StdioFace } from '../../server/src/gateway/stdio/face.ts';
import { collectingLog } from '../support/servers/log.ts';
import { readLeniently } from './support/lenientJson.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';

const policy = {
  version: '1',
  default: 'deny',
  hide: ['secret_*'],
  tools: { open: {}, closed: { action: 'deny' }, pay: { require: [{ path: 'args.amount', op: 'lte', value: 10 }] } },
};
const tools = ['open', 'closed', 'pay', 'secret_key', 'unlisted'];

/** mulberry32: small, seeded, good enough to vary bytes. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;
const pick = <T>(random: Random, items: readonly T[]): T => items[random(items.length)] as T;

const TOKENS = [
  ...[
    '"name":"closed"',
    '"Name":"closed"',
    '"name":"pay"',
    '"arguments":{"amount":1000}',
    '"arguments":{"amount":1e1000}',
  ],
  ...[
    '"amount":1000',
    '"amount":"1000"',
    '"amount":1E3',
    '"amount":[1000]',
    '"__proto__":{"amount":1}',
    '"method":"tools/call"',
  ],
  ...[
    '"params":{"name":"secret_key"}',
    '"id":null',
    '"id":9',
    '"jsonrpc":"2.0"',
    '"task":{}',
    '"_meta":{"progressToken":1}',
  ],
  ...[
    '\\u0063losed',
    '\u212a',
    '\u017f',
    'ｃlosed',
    '\u0000',
    '\ufeff',
    '\\ud800',
    '//',
    '/* */',
    ',',
    '{',
    '}',
    '[',
    ']',
    ':',
    '"',
    '\\',
  ],
];

function message(random: Random): string {
  const name = pick(random, [...tools, 'open', 'pay', 'Closed', 'closed\u0000', 'secret_key ']);
  const amount = pick(random, ['1', '10', '10.0', '1000', '10.000000000000000001', '-1', 'null']);
  const id = random(5) === 0 ? '' : `"id":${random(1000)},`;
  return `{"jsonrpc":"2.0",${id}"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":{"amount":${amount}}}}`;
}

function mutate(random: Random, text: string): Buffer {
  const bytes = [...Buffer.from(text)];
  for (let times = random(4); times > 0; times--) {
    const at = random(bytes.length);
    const token = [...Buffer.from(pick(random, TOKENS))];
    const comma = random(2) === 0 ? token : [...token, 0x2c];
    if (random(3) === 0) bytes.splice(at, random(6));
    else if (random(3) === 0) bytes[at] = random(256);
    // Behind a brace or a comma a token is most likely to be read.
    else bytes.splice(placeNear(bytes, at), 0, ...comma);
  }
  const whole = random(10) === 0 ? [0x5b, ...bytes, 0x5d] : bytes;
  return Buffer.from(whole.filter((byte) => byte !== 0x0a));
}

function placeNear(bytes: readonly number[], at: number): number {
  for (let place = at; place < bytes.length; place++)
    if (bytes[place] === 0x7b || bytes[place] === 0x2c) return place + 1;
  return at;
}

const same = (key: string): string => key;
const caseless = (key: string): string => key.toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');

/** Ways in which servers read JSON: the last of two equal keys wins, or the first; cases or compatibility forms count as equal. */
const decoders: Readonly<Record<string, (text: string) => unknown>> = {
  'JSON.parse': (text) => JSON.parse(text) as unknown,
  'last key wins': (text) => readLeniently(text, { winner: 'last', fold: same }),
  'first key wins': (text) => readLeniently(text, { winner: 'first', fold: same }),
  'case folded, last wins': (text) => readLeniently(text, { winner: 'last', fold: caseless }),
  'case folded, first wins': (text) => readLeniently(text, { winner: 'first', fold: caseless }),
  'NFKC folded': (text) => readLeniently(text, { winner: 'last', fold: (key) => caseless(key.normalize('NFKC')) }),
  'through UTF-16': (text) => JSON.parse(Buffer.from(text, 'utf16le').toString('utf16le')) as unknown,
};

/** What must never arrive, by whichever reading. */
function isForbidden(decoded: unknown): boolean {
  const { method, params } = decoded as {
    method?: unknown;
    params?: { name?: unknown; arguments?: { amount?: unknown } };
  };
  if (method !== 'tools/call') return false;
  const name = String(params?.name).normalize('NFKC').trim();
  if (name === 'open') return false;
  return name !== 'pay' || !(Number(params?.arguments?.amount) <= 10);
}

test('no denied call arrives, however it is written and however it is read', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  const cases = Number(process.env['FUZZ_CASES'] ?? 5_000);
  const random = randomFrom(seed);
  const { server, arrived, records } = governInMemory(policyOf(policy), tools);
  const input = new PassThrough();
  const output = new PassThrough();
  output.resume();
  const face = new StdioFace({ server, grant: { id: 'g', label: 'g' }, input, output, onEnd: () => undefined });
  const hello = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } };
  input.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'init', method: 'initialize', params: hello })}\n`);
  await settled();
  for (let each = 0; each < cases; each++) {
    input.write(Buffer.concat([mutate(random, message(random)), Buffer.from('\n')]));
    if (each % 200 === 0) await settled();
  }
  await settled();
  face.close();
  await server.pool.close();

  for (const [reading, decoder] of Object.entries(decoders)) {
    const leaked = arrived.filter((text) => isForbidden(decoder(text)));
    expect(leaked, `seed ${seed}, ${reading}`).toEqual([]);
  }
  // The run means something only if much of it was understood: calls that passed, and calls that were denied.
  expect(arrived.filter((text) => text.includes('tools/call')).length, `seed ${seed}`).toBeGreaterThan(cases / 50);
  expect(records.filter((record) => record.kind === 'decision' && record.decision === 'deny').length).toBeGreaterThan(
    cases / 20,
  );
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('the self-test passes for a sound gateway, and notices one that lets a hidden tool through', async () => {
  const { log } = collectingLog();
  const sound = governInMemory(policyOf(policy), tools);
  expect(await selfTest(sound.server, log)).toEqual([]);
  expect(await selfTest(governInMemory(policyOf({ ...policy, hide: ['open'] }), tools).server, log)).toEqual([]);

  // It samples the policy that hides "open", and the calls are then judged by one that does not.
  const [hiding, allowing] = [policyOf({ ...policy, hide: ['open'] }), policyOf(policy)];
  let asked = 0;
  const unsound = { ...hiding, current: () => (asked++ === 0 ? hiding : allowing).current() };
  const { server } = governInMemory(unsound, tools);
  expect(await selfTest(server, log)).toEqual([
    'A call of "open" was not denied.',
    '1 forbidden messages reached the server.',
  ]);
});
