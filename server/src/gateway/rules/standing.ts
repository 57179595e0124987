/** What the gateway knows of a tool that is called, from the server's list. Types only. */
import type { Tool } from '../../catalog/index.ts';
import type { Risk } from '../../risk/verdict.ts';

export interface ToolStanding {
  readonly upstream: 'listed' | 'missing' | 'duplicate' | 'unchecked';
  readonly risk?: Risk;
  /** As the server lists it. */
  readonly tool?: Tool;
}
