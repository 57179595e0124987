/** `portcullis check`: the editor's findings, for shells and CI. */
import { isUtf8 } from 'node:buffer';
import { examine, ruleTable, type FindingSettings } from '../../analysis/index.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { readPinned, readUserSettings } from '../../mcp/index.ts';
import { compilePolicy } from '../../policy/index.ts';
import { choice, count, flag, text, UsageError, type Command, type ExitCode, type Io } from '../command.ts';
import { readSource, type Source } from '../files.ts';
import { findingSettings } from '../findingSettings.ts';
import { placeFindings, toFindings, type FileFindings } from '../output/findings.ts';
import { toSarif } from '../output/sarif.ts';
import { printFindings, summary } from '../output/text.ts';
import { loadReviewed } from '../reviewed.ts';
import { loadCatalog, toolOptions, toolOptionsHelp } from '../toolSource.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'Report what is wrong with policies; against real tools when told which.',
  usage: 'FILE… [tool source] [--format text|json|sarif] [--core] [--headless] [--max-warnings N]',
  help: `  --format F         text (default), json or sarif
  --core             report everything that PolicyLayer's hosted gateway would not understand
  --headless         for a gateway without an editor: report approvals that nobody can give
  --max-warnings N   how many warnings are fine (default 0); errors never are
${toolOptionsHelp}
Without a tool source, names of tools and arguments are not checked.
portcullis.json of this folder (or --config FILE) says how severe each rule is ("rules") and which findings are excused ("excused").
`,
  example: 'portcullis check policy.json --server filesystem',
  options: {
    format: { type: 'string' },
    core: { type: 'boolean' },
    headless: { type: 'boolean' },
    'max-warnings': { type: 'string' },
    ...toolOptions,
  },

  async run(invocation, io) {
    const format = choice(invocation, 'format', ['text', 'json', 'sarif']);
    const allowed = count(invocation, 'max-warnings') ?? 0;
    if (invocation.positionals.length === 0)
      throw new UsageError('Name at least one policy file: portcullis check FILE…');
    const catalog = await loadCatalog(invocation, io);
    const settingsOf = await findingSettings(text(invocation, 'config'), io);
    const core = flag(invocation, 'core');
    const unattended = flag(invocation, 'headless') && !shellApproves(io);
    const { checked, unreadable } = await checkAll(invocation.positionals, io, async (file, source) => {
      const reviewed = catalog && ((await pinnedIn(io.cwd, catalog)) ?? (await loadReviewed(file, io)));
      const known = { ...(catalog && { catalog }), ...(reviewed && { reviewed }) };
      return resultOf(source, { core, unattended, settings: settingsOf(file), ...known });
    });
    print(checked, format, io);
    return unreadable ? 2 : verdict(checked, allowed);
  },
};

/** As the editor has it: what a lock pins goes before the list of the last review. */
async function pinnedIn(folder: string, { server }: Catalog): Promise<Catalog | undefined> {
  return (await readPinned(folder)).get(server);
}

/** By the user's own configuration; no other counts. */
function shellApproves(io: Io): boolean {
  return readUserSettings(io.userHome, process.platform).settings.shellDecides;
}

interface Checked {
  readonly checked: readonly FileFindings[];
  readonly unreadable: boolean;
}

async function checkAll(
  files: readonly string[],
  io: Io,
  examineFile: (file: string, source: Source) => Promise<Omit<FileFindings, 'file' | 'text'>>,
): Promise<Checked> {
  const checked: FileFindings[] = [];
  let unreadable = false;
  for (const file of files) {
    try {
      const source = await readSource(file, io.cwd);
      checked.push({ file, text: source.text, ...(await examineFile(file, source)) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      io.err(`portcullis: ${error.message}\n`);
      unreadable = true;
    }
  }
  return { checked, unreadable };
}

interface Circumstances {
  readonly core: boolean;
  readonly unattended: boolean;
  readonly settings: FindingSettings;
  readonly catalog?: Catalog;
  readonly reviewed?: Catalog;
}

/** Broken bytes are what the gateway would trip over; decoded for display they would look fine. */
function resultOf({ bytes, text: source }: Source, circumstances: Circumstances): Omit<FileFindings, 'file' | 'text'> {
  if (isUtf8(bytes)) return examine({ text: source, ...circumstances });
  const compiled = compilePolicy(bytes);
  return { findings: compiled.ok ? [] : toFindings(compiled.problems) };
}

function print(checked: readonly FileFindings[], format: 'text' | 'json' | 'sarif', io: Io): void {
  switch (format) {
    case 'text':
      io.out(printFindings(checked));
      io.err(summary(checked));
      return;
    case 'json':
      io.out(`${JSON.stringify(placeFindings(checked), undefined, 2)}\n`);
      return;
    case 'sarif':
      io.out(`${JSON.stringify(toSarif(checked, ruleTable), undefined, 2)}\n`);
  }
}

function verdict(checked: readonly FileFindings[], allowedWarnings: number): ExitCode {
  const findings = checked.flatMap((each) => each.findings);
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  return findings.some((finding) => finding.severity === 'error') || warnings > allowedWarnings ? 1 : 0;
}
