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

interface Result {
  readonly name: string;
  readonly count: Count;
  readonly seconds: number;
}

const chosen = choose(process.argv.slice(2));
const broken = await build();
summarise(broken === undefined ? await runAll() : [broken]);

function choose(names: readonly string[]): readonly Part[] {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length === 0) return parts.filter((part) => names.length === 0 || names.includes(part.name));
  console.error(`There is no part "${unknown.join('", "')}". Parts: ${parts.map((part) => part.name).join(', ')}.`);
  process.exit(2);
}

/** The parts use what is built; only the checks read sources alone. Without bundles every test would only say so again. */
async function build(): Promise<Result | undefined> {
  if (chosen.every((part) => part.name === 'check')) return undefined;
  const { count, seconds } = await timed(async () => {
    await buildProduct({ production: false });
    return none;
  });
  return count.failed > 0 ? { name: 'build', count, seconds } : undefined;
}

async function runAll(): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const part of chosen) {
    const { name, title } = part;
    console.log(`\n=== ${name}: ${title}\n`);
    const { count, seconds } = await timed(() => part.run());
    const empty = count.passed + count.failed === 0;
    if (empty) console.error(`The part "${name}" ran no test.`);
    results.push({ name, count: empty ? atLeastOneFailure(count) : count, seconds });
  }
  return results;
}

/** Runs one step; when it cannot even run, that is one failure. */
async function timed(step: () => Promise<Count>): Promise<Omit<Result, 'name'>> {
  const started = Date.now();
  const count = await step().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return atLeastOneFailure(none);
  });
  return { count, seconds: Math.round((Date.now() - started) / 1000) };
}

function summarise(results: readonly Result[]): void {
  console.log('');
  for (const { name, count, seconds } of results) console.log(`${name.padEnd(6)} ${describe(count)} (${seconds} s)`);
  const total = results.map((result) => result.count).reduce(add, none);
  console.log(describe(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
}
