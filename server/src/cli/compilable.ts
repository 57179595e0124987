/** Makes sure that a policy can be put in force before anything is to depend on it. */
import { compilePolicy } from '../policy/index.ts';
import { UsageError, type Io } from './command.ts';
import { readSource } from './files.ts';
import { toFindings } from './output/findings.ts';
import { printFindings } from './output/text.ts';

/** Rejects with `UsageError`, which says what is wrong and where. */
export async function compilable(file: string, io: Io): Promise<void> {
  const { bytes, text } = await readSource(file, io.cwd);
  const compiled = compilePolicy(bytes);
  if (compiled.ok) return;
  throw new UsageError(
    `The policy is invalid.\n${printFindings([{ file, text, findings: toFindings(compiled.problems) }])}`,
  );
}
