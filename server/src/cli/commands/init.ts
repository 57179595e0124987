/** `portcullis init`: the recommended policy for a server's real tools; for a policy that is there, what has changed since. */
import { escapeUntrusted, type Catalog } from '../../catalog/index.ts';
import { compilePolicy } from '../../policy/index.ts';
import {
  countOutcomes,
  countsInWords,
  hasNews,
  planPolicy,
  PROFILES,
  reviewPolicy,
  writePolicy,
  type Plan,
  type Profile,
} from '../../recommendation/index.ts';
import { choice, flag, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { createFile, readIfPresent, replaceFile } from '../files.ts';
import { printLeftOut, printReview } from '../output/review.ts';
import { keepReviewed, loadReviewed } from '../reviewed.ts';
import { demandCatalog, readCatalog, toolOptions, toolOptionsHelp } from '../toolSource.ts';

export const initCommand: Command = {
  name: 'init',
  summary: "Write the recommended policy for a server's real tools, or review the one that is there.",
  usage:
    '[tool source] [-o FILE] [--profile recommended|read-only|deny-all] [--force] [--update] [--write] [--before FILE]',
  help: `  -o, --output FILE  where to write it (default policy.json); "-" prints it
  --profile P        recommended (default): what reads is allowed, what writes or runs is limited, what moves money
                     waits for a person, what destroys is hidden; read-only: all but reading is hidden;
                     deny-all: every tool is denied, one by one. Tools that come later are denied by all three.
  --force            overwrite the file

A file that is there is never overwritten without --force. It is reviewed: which tools are new, gone or changed, and the
edits that would bring the policy up to date. Rules that a person wrote stay, and nothing that was denied is let
through but the new tools that are named. Without --profile the policy keeps to its own.
  --write            make these edits; without it nothing is written, and the exit code is 1 if there is news
  --update           demand that the file is there
  --before FILE      the tools/list result that the policy was made for (default: the one kept when init last wrote)
${toolOptionsHelp}`,
  example: 'portcullis init --server filesystem -o policy.json',
  options: {
    output: { type: 'string', short: 'o' },
    profile: { type: 'string' },
    force: { type: 'boolean' },
    update: { type: 'boolean' },
    write: { type: 'boolean' },
    before: { type: 'string' },
    ...toolOptions,
  },

  async run(invocation, io) {
    const file = text(invocation, 'output') ?? 'policy.json';
    const profile = text(invocation, 'profile') === undefined ? undefined : choice(invocation, 'profile', PROFILES);
    const present = file === '-' || flag(invocation, 'force') ? undefined : await readIfPresent(file, io.cwd);
    if (present === undefined && flag(invocation, 'update'))
      throw new UsageError(`There is no ${file} to update. Without --update and --force it is written.`);
    const catalog = await demandCatalog(invocation, io);
    if (present !== undefined) return await review(file, present.text, { catalog, profile, invocation, io });
    return await create(file, profile ?? 'recommended', { catalog, invocation, io });
  },
};

interface Work {
  readonly catalog: Catalog;
  readonly invocation: Invocation;
  readonly io: Io;
}

async function create(file: string, profile: Profile, { catalog, invocation, io }: Work): Promise<ExitCode> {
  const plan = planPolicy(catalog, profile);
  const written = writePolicy(plan, profile, text(invocation, 'server'));
  if (!written.ok) throw new UsageError(written.problem);
  if (file === '-') io.out(written.text);
  else await put(file, written.text, flag(invocation, 'force'), io);
  if (file !== '-') await keepReviewed(file, catalog, io);
  io.err(printLeftOut(plan.leftOut));
  io.err(`${file === '-' ? '' : `${file}: `}${tally(plan, catalog)}\n`);
  return 0;
}

async function put(file: string, policy: string, force: boolean, io: Io): Promise<void> {
  if (force) await replaceFile(file, io.cwd, policy);
  else if (!(await createFile(file, io.cwd, policy)))
    throw new UsageError(
      `${file} has just been made by something else and is left as it is. Look at it, then run this again.`,
    );
}

function tally(plan: Plan, catalog: Catalog): string {
  const tools = `${plan.tools.length} ${plan.tools.length === 1 ? 'tool' : 'tools'}`;
  return `${tools} of ${escapeUntrusted(catalog.server)}: ${countsInWords(countOutcomes(plan.tools))}.`;
}

async function review(
  file: string,
  policy: string,
  { catalog, invocation, io, profile }: Work & { readonly profile: Profile | undefined },
): Promise<ExitCode> {
  demandSameServer(file, policy, text(invocation, 'server'));
  const given = text(invocation, 'before');
  const before = given === undefined ? await loadReviewed(file, io) : await readCatalog(given, io);
  const reviewing = reviewPolicy({ text: policy, catalog, ...(before && { before }), ...(profile && { profile }) });
  if (!reviewing.ok)
    throw new UsageError(
      `${file} is left as it is: ${reviewing.problems[0]?.message ?? 'it is no valid policy.'} See: portcullis check ${file}. To start anew, overwrite it with --force.`,
    );
  const found = reviewing.review;
  io.out(printReview(file, policy, found, io.terminal));
  io.err(printLeftOut(found.leftOut));
  if (!before) io.err('Which tools changed cannot be said: no earlier list is known. Give one with --before FILE.\n');
  const isNews = hasNews(found);
  if (!flag(invocation, 'write')) {
    io.err(closing(file, isNews, found.text !== policy, found.profile));
    return isNews ? 1 : 0;
  }
  if (found.text !== policy) await replaceFile(file, io.cwd, found.text);
  await keepReviewed(file, catalog, io);
  io.err(
    found.text === policy ? `${file} needs no edit.\n` : `${file} was brought up to date (profile ${found.profile}).\n`,
  );
  return 0;
}

function closing(file: string, isNews: boolean, isEdit: boolean, profile: Profile): string {
  if (!isNews) return `${file} is up to date.\n`;
  const next = isEdit
    ? 'Make these edits with --write.'
    : 'Nothing is to be edited; --write keeps this list as reviewed.';
  return `Nothing was written (profile ${profile}). ${next}\n`;
}

/** A policy for one server must not be filled with the tools of another. */
function demandSameServer(file: string, policy: string, server: string | undefined): void {
  const compiled = compilePolicy(policy);
  const own = compiled.ok ? compiled.policy.server : undefined;
  if (own !== undefined && server !== undefined && own !== server)
    throw new UsageError(`${file} is for the server "${escapeUntrusted(own)}". Name another file with -o.`);
}
