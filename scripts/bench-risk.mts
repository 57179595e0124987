/**
 * `npm run bench:risk -- --labels FILE [--tools FILE…] [--split all|development|held-out] [--figures] [--misses]`
 *
 * Measures the risk classifier against labels and against servers' own hints. Nothing here asserts a figure: docs/risk.md states them.
 */
import { parseArgs } from 'node:util';
import {
  confidenceReport,
  confusionReport,
  hintReport,
  missReport,
  serverReport,
  summaryReport,
} from './riskBench/report.mts';
import { halfOf, readLabels, readToolLists, type Half, type Labelled, type Listed } from './riskBench/samples.mts';
import { judgeLabelled, judgeListed } from './riskBench/scores.mts';
import { coldAndWarm, timeReport } from './riskBench/timing.mts';

const usage = `Usage: npm run bench:risk -- [--labels FILE]… [--tools FILE…] [--split all|development|held-out] [--figures] [--misses]

  --labels FILE   JSON lines { server, tool, category, also?, level?, description?, inputSchema?, annotations? }
  --tools FILE…   saved tools/list results, compared with the hints in them
  --split HALF    one part of the servers only: a third is held out, by a hash of the server's name
  --figures       figures only, no list of tools
  --misses        list every disagreement, not only those that matter most`;

const SPLITS = ['all', 'development', 'held-out'] as const;

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string', multiple: true, default: [] },
    tools: { type: 'string', multiple: true, default: [] },
    split: { type: 'string', default: 'all' },
    figures: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const split = SPLITS.find((known) => known === values.split);
const toolFiles = [...values.tools, ...positionals];
if (split === undefined || values.labels.length + toolFiles.length === 0) {
  console.error(usage);
  process.exit(2);
}

const { labelled, left } = await readLabels(values.labels);
const listed = await readToolLists(toolFiles);
// Before anything else is classified: the first pass of a process is the cold one.
const times = coldAndWarm(listed.length > 0 ? listed : labelled);

if (labelled.length > 0) reportLabels(labelled);
if (listed.length > 0) reportHints(listed);
console.log(timeReport(times));

function reportLabels(samples: readonly Labelled[]): void {
  const judged = samples.filter(inSplit).map(judgeLabelled);
  if (left > 0) console.log(`${left} rows without one of the five categories were left out.`);
  for (const half of ['development', 'held-out'] as const) {
    const part = judged.filter(({ sample }) => halfOf(sample.server) === half);
    if (part.length > 0) console.log(summaryReport(half, part));
  }
  console.log(confusionReport(judged));
  console.log(confidenceReport(judged));
  console.log(serverReport(judged));
  if (!values.figures) console.log(missReport(judged, values.misses));
}

function reportHints(samples: readonly Listed[]): void {
  console.log(hintReport(samples.filter(inSplit).map(judgeListed), { list: !values.figures }));
}

function inSplit(sample: { readonly server: string }): boolean {
  return split === 'all' || halfOf(sample.server) === (split satisfies Half | undefined);
}
