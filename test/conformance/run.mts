/**
 * `npm run conformance`: the conformance suite directly and through the gateway. Prints a table for each role and revision,
 * names each check that is lost on the way, and fails when there is one. Options choose a part of it.
 */
import { parseArgs } from 'node:util';
import { clientWays } from './client/ways.mts';
import { chooseWays, runWays, type Outcome } from './runWays.mts';
import { serverWays } from './serverWays.mts';
import type { Revision } from './suite.mts';
import { formatTable } from './table.mts';
import type { Way } from './way.mts';

const USAGE = 'npm run conformance -- [--role server|client] [--revision R] [--way TITLE]… [--scenario NAME]…';

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

const outcomes: Outcome[] = [];
for (const [role, ways] of Object.entries(roles)) {
  if ((chosen.role ?? role) !== role) continue;
  for (const revision of revisions)
    if ((chosen.revision ?? revision) === revision) await runGroup(role, revision, ways);
}
const lost = outcomes.flatMap((outcome) => outcome.lost);
if (outcomes.every(({ results }) => results.size === 0)) throw new Error(`Nothing was chosen. Usage: ${USAGE}`);
console.log(lost.length === 0 ? '\nNothing is lost.' : `\n${lost.length} checks are lost.`);
process.exitCode = lost.length === 0 ? 0 : 1;

async function runGroup(role: string, revision: Revision, all: readonly Way[]): Promise<void> {
  const ways = chooseWays(all, { revision, titles: chosen.way });
  const onStart = ({ title }: Way): void => console.error(`${role}, ${revision}: ${title} …`);
  const outcome = await runWays({ revision, ways, scenarios: chosen.scenario, onStart });
  outcomes.push(outcome);
  const columns = [...outcome.results].map(([title, results]) => ({ title, results }));
  if (columns.length > 0) console.log(`\n${formatTable(`${role}, ${revision}`, columns)}\n`);
  for (const { way, scenario, check, message } of outcome.lost) {
    console.log(`lost, ${way}: ${scenario}: ${check}: ${message}`);
  }
}
