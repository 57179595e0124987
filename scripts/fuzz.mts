/**
 * `npm run fuzz -- --cases N [--seed S]`: mutated messages through the whole gateway, over HTTP and stdio (docs/security-tests.md).
 * The seed is printed. The exit code is 0 when nothing was found and the run was worth something.
 */
import { parseArgs } from 'node:util';
import { fuzz } from '../test/gateway/fuzz/run.ts';
import { buildProduct } from './bundles.mts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' } } });
const cases = Number(values.cases);
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  console.error('Use: npm run fuzz -- --cases N [--seed S], both whole numbers.');
  process.exit(2);
}
// The gateway must never crash: in this process neither.
process.on('uncaughtException', (error) => fail(error));
process.on('unhandledRejection', (error) => fail(error));

await buildProduct({ production: false });
console.log(`${cases} cases, seed ${seed}`);
const started = performance.now();
const report = await fuzz(cases, seed, (done) => console.log(`${done} done after ${secondsSince(started)} s`));
console.log(`\n${report.histogram()}\n`);
const problems = [...report.findings.map(({ what, about }) => `${what}:\n  ${about}`), ...report.starved(cases)];
for (const problem of problems) console.error(problem);
const verdict = problems.length === 0 ? 'nothing found' : `${problems.length} findings`;
console.log(`${cases} cases, seed ${seed}: ${verdict} in ${secondsSince(started)} s`);
process.exitCode = problems.length === 0 ? 0 : 1;

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}

function fail(error: unknown): never {
  console.error(`Seed ${seed}: something was thrown that nobody caught.`, error);
  process.exit(1);
}
