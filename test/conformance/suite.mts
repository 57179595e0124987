/** Runs the conformance suite as its own command line, and reads what it found from the files that it leaves. */
import { spawn } from 'node:child_process';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { root } from './processes.mts';

export type Revision = '2025-11-25' | '2026-07-28';

export interface Check {
  readonly id: string;
  readonly name: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

/** Scenario → its checks. */
export type Results = ReadonlyMap<string, readonly Check[]>;

export interface Target {
  /** `--url URL` of a server, or `--command COMMAND` of a client. */
  readonly role: 'server' | 'client';
  readonly address: string;
}

/** The scenarios of the revision that are named, each on that revision's wire; without names all that it requires or reports. */
export async function runSuite(
  { role, address }: Target,
  revision: Revision,
  scenarios?: readonly string[],
): Promise<Results> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'portcullis-conformance-results-'));
  try {
    const target = [role, role === 'server' ? '--url' : '--command', address, '--output-dir', folder];
    const selections = scenarios?.map((name) => ['--scenario', name, '--spec-version', revision]);
    let said = '';
    for (const selection of selections ?? [['--requirements', revision]]) said += await suite(...target, ...selection);
    const results = await readResults(folder, role);
    if (results.size === 0) throw new Error(`The suite ran no scenario.\n${said}`);
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the command printed. Its exit code says only that a check failed, which the results say better. */
function suite(...args: readonly string[]): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/dist/index.js');
  const child = spawn(process.execPath, [entry, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve, reject) => child.once('error', reject).once('close', () => resolve(said)));
}

/** `server-tools-list-2026-11-22T10-00-00-000Z/checks.json`; a scenario's name may hold a slash. */
const CHECKS = /^(?:server-)?(.+)-(\d{4}-\d\d-\d\dT[\d-]+Z)\/checks\.json$/;

/** In the order in which the scenarios were run. */
async function readResults(folder: string, role: Target['role']): Promise<Results> {
  const found: { readonly scenario: string; readonly at: string; readonly checks: readonly Check[] }[] = [];
  for await (const file of glob('**/checks.json', { cwd: folder })) {
    const [, scenario, at] = CHECKS.exec(file.split(path.sep).join('/')) ?? [];
    if (scenario === undefined || at === undefined) continue;
    const checks = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as readonly Check[];
    const end = role === 'client' ? [await clientEnd(path.join(folder, path.dirname(file)))] : [];
    found.push({ scenario, at, checks: [...checks, ...end] });
  }
  found.sort((one, other) => one.at.localeCompare(other.at));
  return new Map(found.map(({ scenario, checks }) => [scenario, checks]));
}

/** What the client under test prints when it came to its end. */
export const FINISHED = 'finished';

/** A check of our own: a client that was refused something ends early, whatever the scenario had seen by then. */
async function clientEnd(folder: string): Promise<Check> {
  const finished = (await readFile(path.join(folder, 'stdout.txt'), 'utf8')).includes(FINISHED);
  const said = await readFile(path.join(folder, 'stderr.txt'), 'utf8');
  const status = finished ? 'SUCCESS' : 'FAILURE';
  return { id: 'client-finished', name: 'ClientFinished', status, ...(!finished && { errorMessage: said.trim() }) };
}
