/** `portcullis test`: what a policy decides of the calls in its tests, and which of its rules no test reaches. */
import { choice, count, UsageError, type Command, type ExitCode } from '../command.ts';
import { testsAsJson, testsAsText, testSummary } from '../output/tests.ts';
import { runTestFiles, type TestReport } from '../policyTests.ts';
import { findTestFiles } from '../testFiles.ts';

export const testCommand: Command = {
  name: 'test',
  summary: 'Run policy tests: calls, and what the policy must decide of each.',
  usage: 'FILE… [--format text|json] [--min-coverage PERCENT]',
  help: `  FILE                 a *.policy-test.json, or a folder: every such file in it and below
  --format F           text (default) or json
  --min-coverage N     fail when less than N percent of a policy's rules decide a case (default 0)

A test file: { "policy": "policy.json", "tools"?: "tools.json", "cases": [
  { "name", "call": as in "portcullis eval", "expect": { "decision": "allow" | "deny" | "needs_approval", "rule"? }, "repeat"?, "reset"? }] }
Paths are from its folder. Cases share counters, in their order; "reset": true begins anew, "repeat": N makes the call N times.
Exit code 1 when a case fails, 2 when a file cannot be used; the other files are run all the same.
`,
  example: 'portcullis test policy.policy-test.json --min-coverage 90',
  options: { format: { type: 'string' }, 'min-coverage': { type: 'string' } },

  async run(invocation, io) {
    const format = choice(invocation, 'format', ['text', 'json']);
    const least = count(invocation, 'min-coverage', 0, 100) ?? 0;
    if (invocation.positionals.length === 0)
      throw new UsageError('Name at least one test file or folder: portcullis test FILE…');
    const report = await runTestFiles(await findTestFiles(invocation.positionals, io.cwd), io);
    if (format === 'json') io.out(`${JSON.stringify(testsAsJson(report), undefined, 2)}\n`);
    else io.out(testsAsText(report, io.terminal));
    io.err(testSummary(report));
    return verdict(report, least);
  },
};

function verdict({ files, policies, unusable }: TestReport, leastCoverage: number): ExitCode {
  if (unusable) return 2;
  const allPassed = files.every(({ results }) => results.every(({ passed }) => passed));
  const covered = policies.every(({ rules, unreached }) => (rules - unreached.length) * 100 >= leastCoverage * rules);
  return allPassed && covered ? 0 : 1;
}
