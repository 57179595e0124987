/**
 * `npm run bench`: what the gateway costs beside a direct connection, a bare proxy and other bridges (docs/performance.md says how to read it).
 * Nothing here asserts a time: machines differ.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureGrowth, type Growth } from './growth.mts';
import { fetchPeers } from './peers.mts';
import { portcullisTargets } from './portcullis.mts';
import { asText, report } from './report.mts';
import { run } from './run.mts';
import { baselines, type Target } from './targets.mts';

const HELP = `npm run bench -- [--rounds N] [--calls N] [--only TEXT]… [--no-peers] [--growth CALLS] [--json FILE]

  --rounds N      rounds, each in another order (default: 9)
  --calls N       calls of one measurement with one in flight; twice as many with more (default: 300)
  --only TEXT     only targets whose name contains it, and what they are compared with; may be repeated
  --no-peers      without mcp-proxy, supergateway and mcp-remote, which are fetched from npm
  --growth CALLS  calls over which the memory of the gateway is watched (default: 100000; 0: not at all)
  --json FILE     writes the figures there too
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    calls: { type: 'string', default: '300' },
    only: { type: 'string', multiple: true },
    'no-peers': { type: 'boolean', default: false },
    growth: { type: 'string', default: '100000' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else await bench();

async function bench(): Promise<void> {
  const say = (text: string): void => console.error(text);
  const rounds = Number(values.rounds);
  const peers = values['no-peers'] ? { ok: true as const, targets: [] } : fetchPeers();
  if (!peers.ok) say(`Other bridges are left out, since npm did not give them: ${peers.why}`);
  const targets = chosen([...baselines, ...portcullisTargets, ...(peers.ok ? peers.targets : [])]);
  const results = await run(targets, { rounds, calls: Number(values.calls), say });
  const growth: Growth[] = [];
  for (const target of watched(targets)) {
    say(`memory of ${target.name}`);
    const found = await measureGrowth(target, Number(values.growth));
    if (found) growth.push(found);
  }
  const done = report(results, growth, rounds);
  console.log(asText(done));
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(done, undefined, 2)}\n`);
}

/** With what the chosen ones are compared with. */
function chosen(all: readonly Target[]): readonly Target[] {
  const { only } = values;
  if (!only) return all;
  const wanted = all.filter(({ name }) => only.some((text) => name.includes(text)));
  const bases = new Set(wanted.flatMap(({ direct, floor }) => [direct, floor]));
  return all.filter((target) => wanted.includes(target) || bases.has(target.name));
}

function watched(targets: readonly Target[]): readonly Target[] {
  if (Number(values.growth) === 0) return [];
  return targets.filter(({ name }) => name === 'portcullis http>http' || name === 'portcullis stdio>stdio');
}
