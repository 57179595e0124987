/**
 * `npm test`: everything, or the parts that are named (`npm test -- unit host`). The last line is the sum of all parts;
 * the exit code is 0 only when nothing failed and every part ran at least one test.
 */
import { buildProduct, root } from './bundles.mts';
import { runChecks } from './testing/checks.mts';
import { add, atLeastOneFailure, describe, none, type Count, type Part } from './testing/count.mts';
import { runInHost } from './testing/in-host.mts';
import { runPackaged } from './testing/packaged.mts';
import { runVitest } from './testing/vitest.mts';

const parts: readonly Part[] = [
  { name: 'check', title: 'types, lint, formatting, rules between rooms', run: runChecks },
  {
    name: 'unit',
    title: 'engine, language server, gateway and command line, outside VS Code',
    run: () => runVitest('fast'),
  },
  {
    name: 'host',
    title: 'the extension inside the extension host of a real VS Code',
    run: () => runInHost({ extension: root }),
  },
  { name: 'ui', title: "a user's story in a real VS Code workbench", run: () => runVitest('ui') },
  {
    name: 'vsix',
    title: 'the packaged extension: its content, the in-host suite and the story again',
    run: runPackaged,
  },
];

const chosen = choose(process.argv.slice(2));
// The other parts use what is built; only the checks read sources alone.
if (chosen.some((part) => part.name !== 'check')) await buildProduct({ production: false });
const results: { readonly part: Part; readonly count: Count; readonly seconds: number }[] = [];
for (const part of chosen) results.push(await runPart(part));
summarise();

function choose(names: readonly string[]): readonly Part[] {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length === 0) return names.length === 0 ? parts : parts.filter((part) => names.includes(part.name));
  console.error(`There is no part "${unknown.join('", "')}". Parts: ${parts.map((part) => part.name).join(', ')}.`);
  process.exit(2);
}

async function runPart(part: Part): Promise<(typeof results)[number]> {
  console.log(`\n=== ${part.name}: ${part.title}\n`);
  const started = Date.now();
  let count: Count;
  try {
    count = await part.run();
  } catch (error) {
    console.error(error);
    count = atLeastOneFailure(none);
  }
  if (count.passed + count.failed === 0) {
    console.error(`The part "${part.name}" ran no test.`);
    count = atLeastOneFailure(count);
  }
  return { part, count, seconds: Math.round((Date.now() - started) / 1000) };
}

function summarise(): void {
  console.log('');
  for (const { part, count, seconds } of results) {
    console.log(`${part.name.padEnd(6)} ${describe(count)} (${seconds} s)`);
  }
  const total = results.map((result) => result.count).reduce(add, none);
  console.log(describe(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
}
