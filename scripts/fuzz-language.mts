/**
 * `npm run fuzz:language -- --cases N [--seed S]`: mutated policies through every language feature. The first seed is printed; the others follow it.
 * The exit code is 0 when nothing was found.
 */
import { parseArgs } from 'node:util';
import { fuzzCase, type Finding } from '../test/language/support/fuzz.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' } } });
const cases = Number(values.cases);
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  console.error('Use: npm run fuzz:language -- --cases N [--seed S], both whole numbers.');
  process.exit(2);
}
const MOST_FINDINGS = 20;

console.log(`${cases} cases, seed ${seed}`);
const started = performance.now();
const findings: Finding[] = [];
for (let done = 0; done < cases && findings.length < MOST_FINDINGS; done += 1) {
  const finding = fuzzCase(seed + done);
  if (finding) findings.push(finding);
  if ((done + 1) % 10_000 === 0) console.log(`${done + 1} done after ${seconds()} s`);
}
for (const finding of findings) console.error(`seed ${finding.seed}: ${finding.what}`);
const verdict = findings.length === 0 ? 'nothing found' : `${findings.length} findings`;
console.log(`${cases} cases, seed ${seed}: ${verdict} in ${seconds()} s`);
process.exitCode = findings.length === 0 ? 0 : 1;

function seconds(): number {
  return Math.round((performance.now() - started) / 1_000);
}
