/** Runs policy test files with the policies and tool lists that they name, and adds up which rules they reach. */
import path from 'node:path';
import type { Catalog } from '../catalog/tool.ts';
import { compilePolicy, rulesOf, type CompiledPolicy, type PolicyProblem, type PolicyRule } from '../policy/index.ts';
import { readPolicyTest, type PolicyTest } from '../testing/document.ts';
import { runCases, type CaseResult } from '../testing/run.ts';
import { UsageError, type Io } from './command.ts';
import { readSource, type Source } from './files.ts';
import { toFindings } from './output/findings.ts';
import { printFindings } from './output/text.ts';
import { readCatalog } from './toolSource.ts';

export interface TestedFile {
  readonly file: string;
  readonly text: string;
  readonly results: readonly CaseResult[];
}

/** What all the files together have shown of one policy. */
export interface TestedPolicy {
  readonly file: string;
  readonly text: string;
  readonly rules: number;
  /** Rules that decided no call of any case. */
  readonly unreached: readonly PolicyRule[];
}

export interface TestReport {
  readonly files: readonly TestedFile[];
  readonly policies: readonly TestedPolicy[];
  /** Whether some file could not be used; what is wrong with it is on `err`. */
  readonly unusable: boolean;
}

export async function runTestFiles(files: readonly string[], io: Io): Promise<TestReport> {
  const policies = new Policies(io);
  const tested: TestedFile[] = [];
  for (const file of files) {
    const result = await unlessUnusable(() => runFile(file, policies, io), io);
    if (result) tested.push(result);
  }
  return { files: tested, policies: policies.tested(), unusable: tested.length < files.length };
}

async function unlessUnusable<T>(use: () => Promise<T>, io: Io): Promise<T | undefined> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(error.message.endsWith('\n') ? error.message : `portcullis: ${error.message}\n`);
    return undefined;
  }
}

async function runFile(file: string, policies: Policies, io: Io): Promise<TestedFile> {
  const source = await readSource(file, io.cwd);
  const reading = readPolicyTest(source.bytes);
  if (!reading.ok) throw invalid(file, source, reading.problems);
  const results = await runTest(file, reading.test, policies, io);
  return { file, text: source.text, results };
}

async function runTest(file: string, test: PolicyTest, policies: Policies, io: Io): Promise<readonly CaseResult[]> {
  const beside = (name: string): string => path.join(path.dirname(file), name);
  const policyFile = path.isAbsolute(test.policy) ? test.policy : beside(test.policy);
  const { policy, reached } = await policies.open(policyFile);
  const catalog = await catalogOf(test, beside, io);
  const results = runCases(test, policy, path.resolve(io.cwd, policyFile), { catalog });
  for (const result of results) for (const rule of result.reached) reached.add(rule);
  return results;
}

async function catalogOf(
  { tools }: PolicyTest,
  beside: (name: string) => string,
  io: Io,
): Promise<Catalog | undefined> {
  if (tools === undefined) return undefined;
  return await readCatalog(path.isAbsolute(tools) ? tools : beside(tools), io);
}

interface OpenPolicy {
  readonly file: string;
  readonly source: Source;
  readonly policy: CompiledPolicy;
  readonly reached: Set<string>;
}

/** Each policy is read once, however many files test it. */
class Policies {
  readonly #io: Io;
  readonly #open = new Map<string, OpenPolicy>();

  constructor(io: Io) {
    this.#io = io;
  }

  /** Throws `UsageError`. */
  async open(file: string): Promise<OpenPolicy> {
    const id = path.resolve(this.#io.cwd, file);
    const known = this.#open.get(id);
    if (known) return known;
    const source = await readSource(file, this.#io.cwd);
    const compiled = compilePolicy(source.bytes);
    if (!compiled.ok) throw invalid(file, source, compiled.problems);
    const opened = { file, source, policy: compiled.policy, reached: new Set<string>() };
    this.#open.set(id, opened);
    return opened;
  }

  tested(): readonly TestedPolicy[] {
    return [...this.#open.values()].map(({ file, source, policy, reached }) => {
      const rules = rulesOf(policy);
      return {
        file,
        text: source.text,
        rules: rules.length,
        unreached: rules.filter(({ rule }) => !reached.has(rule)),
      };
    });
  }
}

function invalid(file: string, { text }: Source, problems: readonly PolicyProblem[]): UsageError {
  return new UsageError(printFindings([{ file, text, findings: toFindings(problems) }]));
}
