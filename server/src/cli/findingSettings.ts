/** What portcullis.json says of findings, for the command line as for the editor. */
import path from 'node:path';
import type { FindingSettings } from '../analysis/index.ts';
import { discoverServers, observedSentence, problemLine, readConfigFile } from '../mcp/index.ts';
import type { Io } from './command.ts';

/**
 * The settings for each policy, by its path as the user wrote it. What is wrong with the portcullis.json that was read is said on stderr; with an
 * error in it, none of it counts. So is which servers' policies are not enforced.
 * @param config - A file to read in place of the folder's own.
 */
export async function findingSettings(config: string | undefined, io: Io): Promise<(file: string) => FindingSettings> {
  const { findings, problems, observed } = await discoverServers([io.cwd], {
    readFile: (file) => (isOurs(file) ? readConfigFile(file) : Promise.resolve(undefined)),
    ...(config !== undefined && { config: path.resolve(io.cwd, config) }),
  });
  for (const problem of problems) if (problem.severity === 'error') io.err(`portcullis: ${problemLine(problem)}\n`);
  for (const name of observed) io.err(`portcullis: ${observedSentence(name)}\n`);
  return (file) => {
    const policy = path.resolve(io.cwd, file);
    return { rules: findings.rules, excused: findings.excused.filter((each) => each.policy === policy) };
  };

  function isOurs(file: string): boolean {
    return path.basename(file) === 'portcullis.json' || (config !== undefined && file === path.resolve(io.cwd, config));
  }
}
