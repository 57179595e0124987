/** A report of the state as Markdown. Names come from files and servers: they stand in code spans, which nothing in them can end. Pure. */
import type { ReportedServer, ReportedState } from './state.ts';

export function reportOf(state: ReportedState): string {
  const sections = [
    '# Portcullis: state',
    'For a bug report. Read it before you send it: names of servers, files and policies are in it; arguments, variables, addresses and texts of servers are not.',
    pairs('Versions', state.versions),
    pairs('Surroundings', state.surroundings),
    `## Gateway\n\n${code(state.gateway)}`,
    servers(state.servers),
    list('Policies', state.policies.map(code)),
    pairs('Findings', state.findings),
    list('Waiting for a person', state.waiting.map(code)),
    list(
      'Last failures',
      state.failures.map(({ at, what, kind }) => `${at} ${code(what)} ${code(kind)}`),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function pairs(title: string, entries: Readonly<Record<string, string | number>>): string {
  return list(
    title,
    Object.entries(entries).map(([name, value]) => `${code(name)}: ${code(String(value))}`),
  );
}

function list(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.length === 0 ? 'none' : lines.map((line) => `- ${line}`).join('\n')}`;
}

function servers(all: readonly ReportedServer[]): string {
  return list(
    'Servers',
    all.map(({ name, ...rest }) => {
      const said = Object.entries(rest).map(([key, value]) => `${key} ${code(value)}`);
      return `${code(name)}: ${said.join(', ')}`;
    }),
  );
}

/** Longer than any run of backticks inside, as CommonMark has it; on one line, without invisible characters. */
function code(text: string): string {
  const visible = text.replaceAll(/[\p{C}\p{Z}]/gu, ' ').slice(0, 200);
  const longest = Math.max(0, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || visible === '' ? ' ' : '';
  return `${fence}${space}${visible}${space}${fence}`;
}
