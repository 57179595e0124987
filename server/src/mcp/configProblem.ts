/** What is wrong with a configuration file, with its place, for logs, terminals and editors. */
import type { LineColumn, Span } from '../policy/json/node.ts';
import type { NodeProblem } from './hosts/host.ts';
import { positionIn } from './position.ts';

export interface ConfigProblem extends LineColumn {
  readonly file: string;
  readonly severity: 'error' | 'warning';
  /** What is wrong and what to do. */
  readonly message: string;
  /** RFC 6901, into the file. */
  readonly pointer: string;
  readonly span: Span;
}

/** For logs and terminals: the place, then what is wrong. */
export function problemLine({ file, line, column, message }: ConfigProblem): string {
  return `${file}:${line}:${column} ${message}`;
}

/** `text`: of the file. */
export function located(file: string, text: string, problem: NodeProblem): ConfigProblem {
  return { file, ...problem, ...positionIn(text, problem.span.start) };
}
