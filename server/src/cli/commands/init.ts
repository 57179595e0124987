/** `portcullis init`: the recommended policy for a server's real tools, written once and never over a file that is there. */
import { escapeUntrusted, type Catalog } from '../../catalog/index.ts';
import {
  countOutcomes,
  countsInWords,
  planPolicy,
  PROFILES,
  writePolicy,
  type Plan,
} from '../../recommendation/index.ts';
import { choice, flag, text, UsageError, type Command, type Io } from '../command.ts';
import { createFile, replaceFile } from '../files.ts';
import { demandCatalog, toolOptions, toolOptionsHelp } from '../toolSource.ts';

export const initCommand: Command = {
  name: 'init',
  summary: "Write the recommended policy for a server's real tools.",
  usage: '[tool source] [-o FILE] [--profile recommended|read-only|deny-all] [--force]',
  help: `  -o, --output FILE  where to write it (default policy.json); "-" prints it
  --profile P        recommended (default): what reads is allowed, what writes or runs is limited, what moves money
                     waits for a person, what destroys is hidden; read-only: all but reading is hidden;
                     deny-all: every tool is denied, one by one. Tools that come later are denied by all three.
  --force            overwrite the file
${toolOptionsHelp}`,
  example: 'portcullis init --server filesystem -o policy.json',
  options: {
    output: { type: 'string', short: 'o' },
    profile: { type: 'string' },
    force: { type: 'boolean' },
    ...toolOptions,
  },

  async run(invocation, io) {
    const profile = choice(invocation, 'profile', PROFILES);
    const file = text(invocation, 'output') ?? 'policy.json';
    const catalog = await demandCatalog(invocation, io);
    const plan = planPolicy(catalog, profile);
    const written = writePolicy(plan, profile, text(invocation, 'server'));
    if (!written.ok) throw new UsageError(written.problem);
    await put(file, written.text, flag(invocation, 'force'), io);
    tell(file, plan, catalog, io);
    return 0;
  },
};

async function put(file: string, policy: string, force: boolean, io: Io): Promise<void> {
  if (file === '-') io.out(policy);
  else if (force) await replaceFile(file, io.cwd, policy);
  else if (!(await createFile(file, io.cwd, policy)))
    throw new UsageError(
      `${file} exists and is left as it is. Name another file with -o, or overwrite it with --force.`,
    );
}

const REASONS: Readonly<Record<Plan['leftOut'][number]['reason'], string>> = {
  unsafe: 'its name is one that no call may have',
  twice: 'the server lists it twice, so which one would be called is not known',
  'look-alike': 'its name passes for that of another tool',
};

function tell(file: string, plan: Plan, catalog: Catalog, io: Io): void {
  const name = escapeUntrusted(catalog.server);
  for (const { name: tool, reason } of plan.leftOut)
    io.err(`portcullis: "${escapeUntrusted(tool)}" is left out, so it stays denied: ${REASONS[reason]}.\n`);
  const tools = `${plan.tools.length} ${plan.tools.length === 1 ? 'tool' : 'tools'}`;
  io.err(`${file === '-' ? '' : `${file}: `}${tools} of ${name}: ${countsInWords(countOutcomes(plan))}.\n`);
}
