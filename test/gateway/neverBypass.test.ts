/**
 * Whatever the bytes, no denied call reaches the server, however leniently it may read what it gets (policy language §7, invariant 1); the
 * gateway answers or closes, and its records stay whole. `npm run fuzz` goes deeper; docs/security-tests.md tells what is mutated.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { selfTest } from '../../server/src/gateway/selfTest.ts';
import { collectingLog } from '../support/servers/log.ts';
import { lenses } from './fuzz/lenses.ts';
import { fuzz } from './fuzz/run.ts';
import { isCaught } from './fuzz/stdioLane.ts';
import { loose, strict } from './fuzz/world.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';

const CASES = 10_000;

test('no denied call arrives, however it is written and however it is read', { timeout: 180_000 }, async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  const report = await fuzz(CASES, seed);
  expect(report.findings, `seed ${seed}`).toEqual([]);
  expect(report.starved(CASES), `seed ${seed}\n${report.histogram()}`).toEqual([]);
});

describe('what once got through, or would through a gateway with a known mistake', () => {
  const folder = path.join(import.meta.dirname, 'fuzz/corpus');
  test.each(readdirSync(folder))('%s', async (name) => {
    const lines = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as readonly string[];
    const frames = lines.map((line) => Buffer.from(line, 'latin1'));
    for (const world of [strict, loose]) expect(await isCaught(world, frames)).toBe(false);
  });
});

describe('a denied call is seen', () => {
  const call = (params: string, rest = ''): string => `{"id":1,"method":"tools/call","params":${params}${rest}}`;
  test.each([
    ['JSON.parse', call('{"name":"closed"}')],
    ['last key wins', call('{"name":"open","name":"closed"}')],
    ['first key wins', call('{"name":"closed","name":"open"}')],
    ['first key wins', call('{"name":"closed"}', ',"params":{"name":"open"}')],
    ['case folded, last wins', call('{"name":"open","Name":"closed"}')],
    ['case folded, first wins', call('{"NAME":"closed","name":"open"}')],
    ['NFKC folded, last wins', call('{"name":"open","\uff4eame":"closed"}')],
    ['NFKC folded, first wins', call('{"n\uff41me":"closed","name":"open"}')],
    ['trimmed at NUL and white space, last wins', call('{"name":"open","name\\u0000x":"closed"}')],
    ['trimmed at NUL and white space, first wins', call('{"name ":"closed","name":"open"}')],
    ['escapes read twice', call('{"name":"open","n\\\\u0061me":"closed"}')],
    ['numbers as exact decimals', call('{"name":"pay","arguments":{"amount":10.000000000000000001}}')],
  ])('by a server that reads it so: %s', (lens, text) => {
    expect(strict.isForbidden(lenses[lens]?.(text))).toBe(true);
  });
});

const policy = {
  version: '1',
  default: 'deny',
  hide: ['secret_*'],
  tools: { open: {}, closed: { action: 'deny' } },
};
const tools = ['open', 'closed', 'secret_key', 'unlisted'];

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
  // In each era.
  expect(await selfTest(server, log)).toEqual([
    'A call of "open" was not denied.',
    'A call of "open" was not denied.',
    '2 forbidden messages reached the server.',
  ]);
});
