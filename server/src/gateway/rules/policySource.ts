/** A policy's file from disk to a compiled policy, or to a sentence that says why there is none. Must not decide which policy is in force. */
import { createHash } from 'node:crypto';
import { codeOf, readPlainFile } from './plainFile.ts';
import { positionIn } from '../../mcp/position.ts';
import { compilePolicy, type CompiledPolicy, type PolicyProblem } from '../../policy/index.ts';

const MAX_BYTES = 4 * 1024 * 1024;

export interface Source {
  /** The bytes, or why there are none. */
  readonly bytes: Buffer | string;
  /** Equal for equal bytes, and for equal reasons. */
  readonly content: string;
}

export type PolicyReading =
  { readonly ok: true; readonly policy: CompiledPolicy } | { readonly ok: false; readonly problem: string };

export function readSource(file: string): Source {
  const bytes = readBounded(file);
  return { bytes, content: createHash('sha256').update(bytes).digest('base64') };
}

/** `problem` is for people, and says where in the file. */
export function compileSource({ bytes }: Source): PolicyReading {
  if (typeof bytes === 'string') return { ok: false, problem: bytes };
  const compiled = compilePolicy(bytes);
  if (compiled.ok) return compiled;
  const chief = chiefOf(compiled.problems);
  if (!chief) return { ok: false, problem: 'The policy is invalid.' };
  const { line, column } = positionIn(bytes.toString('utf8'), chief.span.start);
  const more = compiled.problems.length > 1 ? ` (and ${compiled.problems.length - 1} more)` : '';
  return { ok: false, problem: `The policy is invalid at ${line}:${column}: ${chief.message}${more}` };
}

/** A key that is missing is often one that is misspelt: that one says more. */
function chiefOf(problems: readonly PolicyProblem[]): PolicyProblem | undefined {
  const [first] = problems;
  if (first?.code !== 'missing-key') return first;
  return problems.find(({ code }) => code === 'unknown-key') ?? first;
}

function readBounded(file: string): Buffer | string {
  try {
    const read = readPlainFile(file, MAX_BYTES);
    if (read === 'no file') return 'The policy is not a file.';
    return read === 'too large' ? 'The policy is larger than 4 MiB.' : read;
  } catch (error) {
    if (codeOf(error) === 'ELOOP') return 'The policy is a symbolic link. Let "policy" name the file that it leads to.';
    if (codeOf(error) === 'ENOENT') return 'The policy file is missing.';
    return `The policy file cannot be read (${codeOf(error)}).`;
  }
}
