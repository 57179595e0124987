/** The risk bench's findings in words: Markdown, so that docs/risk.md can quote them. */
import { escapeUntrusted } from '../../server/src/catalog/index.ts';
import { CATEGORIES } from '../../server/src/policy/vocabulary.ts';
import type { Risk } from '../../server/src/risk/index.ts';
import { halfOf, type Half } from './samples.mts';
import type { Hinted, Judged } from './scores.mts';

export function summaryReport(half: Half, judged: readonly Judged[]): string {
  const dangerous = judged.filter(({ sample }) => sample.category !== 'Read' && sample.category !== 'Write');
  const reads = judged.filter(({ sample }) => sample.category === 'Read');
  const missed = dangerous.filter((each) => each.dangerousCalledRead);
  const sure = missed.filter(({ risk }) => risk.confidence === 'high');
  return `## ${half}: ${judged.length} tools of ${new Set(judged.map(({ sample }) => sample.server)).size} servers

- category agrees: ${share(judged, (each) => each.exact)}; category or second category acceptable: ${share(judged, (each) => each.acceptable)}
- level agrees: ${share(judged, (each) => each.sameLevel)}; level agrees or is higher: ${share(judged, (each) => each.levelHolds)}
- dangerous (Execute, Destructive, Financial) called Read: ${share(dangerous, (each) => each.dangerousCalledRead)}; of these with high confidence: ${sure.length}
- Read called something else: ${share(reads, (each) => each.readFlagged)}
`;
}

export function confusionReport(judged: readonly Judged[]): string {
  const cell = (label: string, verdict: string): string =>
    String(judged.filter(({ sample, risk }) => sample.category === label && risk.category === verdict).length);
  const rows = CATEGORIES.map((label) => [label, ...CATEGORIES.map((verdict) => cell(label, verdict))]);
  return `## Label (down) and verdict (across)\n\n${markdown(['', ...CATEGORIES], rows)}`;
}

export function confidenceReport(judged: readonly Judged[]): string {
  const rows = (['high', 'medium', 'low'] as const).map((confidence) => {
    const part = judged.filter(({ risk }) => risk.confidence === confidence);
    return [confidence, share(part, (each) => each.exact), share(part, (each) => each.acceptable)];
  });
  return `## How often a confidence is right\n\n${markdown(['confidence', 'category', 'acceptable'], rows)}`;
}

export function serverReport(judged: readonly Judged[]): string {
  const rows = servers(judged).map(([server, part]) => [
    escapeUntrusted(server),
    halfOf(server),
    share(part, (each) => each.exact),
    share(part, (each) => each.acceptable),
    String(part.filter((each) => each.dangerousCalledRead).length),
    String(part.filter((each) => each.readFlagged).length),
  ]);
  const header = ['server', 'part', 'category', 'acceptable', 'dangerous called Read', 'Read flagged'];
  return `## Servers\n\n${markdown(header, rows)}`;
}

/** Every dangerous miss and every flagged Read; with `every`, all that is not acceptable. */
export function missReport(judged: readonly Judged[], every: boolean): string {
  const line = ({ sample, risk }: Judged): string =>
    `- ${sample.category}: ${toolLine(sample.server, sample.tool.name, risk)}\n  ${shown(sample.tool.description)}`;
  const section = (title: string, part: readonly Judged[]): string =>
    `## ${title}: ${part.length}\n\n${part.map((each) => `${line(each)}\n`).join('')}`;
  const others = judged.filter((each) => !each.acceptable && !each.dangerousCalledRead && !each.readFlagged);
  return [
    section(
      'Dangerous tools called Read',
      judged.filter((each) => each.dangerousCalledRead),
    ),
    section(
      'Read tools called something else',
      judged.filter((each) => each.readFlagged),
    ),
    ...(every ? [section('Other disagreements', others)] : []),
  ].join('\n');
}

/** Agreement with `readOnlyHint`, with the hints in sight and without. */
export function hintReport(hinted: readonly Hinted[], { list }: { readonly list: boolean }): string {
  const rows = servers(hinted).map(([server, part]) => {
    const told = part.filter(({ agrees }) => agrees !== undefined);
    return [
      escapeUntrusted(server),
      String(part.length),
      share(told, ({ agrees }) => agrees === true),
      share(told, ({ agreesBlind }) => agreesBlind === true),
    ];
  });
  const table = markdown(['server', 'tools', 'agrees with readOnlyHint', 'without seeing the hints'], rows);
  const misses = hinted.filter(({ agrees, agreesBlind }) => agrees === false || agreesBlind === false);
  const lines = misses.map(
    ({ sample, risk, agrees }) =>
      `- hint ${sample.tool.annotations?.readOnlyHint === true ? 'read-only' : 'changes'}${agrees === true ? ' (agrees once seen)' : ''}: ${toolLine(sample.server, sample.tool.name, risk)}\n  ${shown(sample.tool.description)}\n`,
  );
  return `## Vendors' hints\n\n${table}${list ? `\n${lines.join('')}` : ''}`;
}

function toolLine(server: string, name: string, risk: Risk): string {
  const also = risk.also === undefined ? '' : `, also ${risk.also}`;
  return `${escapeUntrusted(server)} ${escapeUntrusted(name)} → ${risk.category}${also} (${risk.confidence}): ${risk.why.join(' ')}`;
}

function servers<T extends { readonly sample: { readonly server: string } }>(rows: readonly T[]): [string, T[]][] {
  const names = [...new Set(rows.map(({ sample }) => sample.server))].toSorted();
  return names.map((name) => [name, rows.filter(({ sample }) => sample.server === name)]);
}

/** For example `96 / 100 (96.0 %)`. */
function share<T>(part: readonly T[], test: (each: T) => boolean): string {
  const hits = part.filter(test).length;
  return part.length === 0 ? '–' : `${hits} / ${part.length} (${((100 * hits) / part.length).toFixed(1)} %)`;
}

function shown(text: unknown): string {
  return typeof text === 'string' ? escapeUntrusted(text, { max: 160 }) : '(no description)';
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(header) + line(header.map(() => '---')) + rows.map(line).join('');
}
