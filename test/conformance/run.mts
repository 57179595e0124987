/**
 * `npm run conformance`: the conformance suite directly and through the gateway. Prints a table for each role and revision,
 * names each check that is lost on the way, and fails when there is one. Options choose a part of it.
 */
import { parseArgs } from 'node:util';
import { clientWays } from './client/ways.mts';
import { losses, type Loss } from './compare.mts';
import type { Results, Revision } from './suite.mts';
import { serverWays } from './serverWays.mts';
import { formatTable } from './table.mts';
import type { Way } from './way.mts';

const USAGE = `npm run conformance -- [--role server|client] [--revision R] [--way TITLE]… [--scenario NAME]…`;

const roles: Readonly<Record<string, readonly Way[]>> = { server: serverWays, client: clientWays };
const revisions: readonly Revision[] = ['2025-11-25', '2026-07-28'];

const { values: chosen } = parseArgs({
  options: {
    role: { type: 'string' },
    revision: { type: 'string' },
    way: { type: 'string', multiple: true },
    scenario: { type: 'string', multiple: true },
  },
});

let lost = 0;
let ran = 0;
for (const [role, ways] of Object.entries(roles)) {
  for (const revision of revisions) {
    if ((chosen.role ?? role) === role && (chosen.revision ?? revision) === revision)
      await runGroup(role, revision, ways);
  }
}
if (ran === 0) console.error(`Nothing was chosen. Usage: ${USAGE}`);
console.log(lost === 0 ? '\nNothing is lost.' : `\n${lost} checks are lost.`);
process.exitCode = lost === 0 && ran > 0 ? 0 : 1;

async function runGroup(role: string, revision: Revision, all: readonly Way[]): Promise<void> {
  const results = new Map<string, Results>();
  const ways = choose(all);
  for (const way of ways) {
    const started = Date.now();
    results.set(way.title, await way.run(revision, chosen.scenario));
    console.error(`${role} ${revision}, ${way.title}: ${Math.round((Date.now() - started) / 1000)} s`);
    ran += 1;
  }
  const columns = ways.map(({ title }) => ({ title, results: results.get(title) ?? new Map() }));
  console.log(`\n${formatTable(`${role}, ${revision}`, columns)}\n`);
  for (const { title, against } of ways) {
    const direct = against === undefined ? undefined : results.get(against);
    if (direct) report(title, losses(direct, results.get(title) ?? new Map()));
  }
}

/** The chosen ways, and those that they are held against. */
function choose(all: readonly Way[]): readonly Way[] {
  const titles = chosen.way ?? all.map(({ title }) => title);
  const needed = all.flatMap(({ title, against }) => (titles.includes(title) ? [title, against] : []));
  return all.filter(({ title }) => needed.includes(title));
}

function report(title: string, found: readonly Loss[]): void {
  for (const { scenario, check, message } of found) console.log(`lost, ${title}: ${scenario}: ${check}: ${message}`);
  lost += found.length;
}
