/** What a server's annotations add. Vendors mislabel, and hostile ones lie: a hint settles what nothing else does, or raises; it never lowers. */
import type { ToolAnnotations } from '../catalog/tool.ts';
import type { Category } from '../policy/vocabulary.ts';
import type { Claim } from './claim.ts';
import type { Signal } from './verdict.ts';

/** The annotations of a tool, with values of a wrong type left out: servers send anything. */
export function readHints(annotations: unknown): ToolAnnotations {
  if (typeof annotations !== 'object' || annotations === null) return {};
  const { readOnlyHint, destructiveHint, openWorldHint } = annotations as Readonly<Record<string, unknown>>;
  return {
    ...(typeof readOnlyHint === 'boolean' ? { readOnlyHint } : {}),
    ...(typeof destructiveHint === 'boolean' ? { destructiveHint } : {}),
    ...(typeof openWorldHint === 'boolean' ? { openWorldHint } : {}),
  };
}

/** What the hints say by themselves, for a tool of which nothing else is known. */
export function claimOfHints(hints: ToolAnnotations): Claim | undefined {
  if (hints.readOnlyHint === true) return weak('Read', 'readOnlyHint');
  if (hints.destructiveHint === true) return weak('Destructive', 'destructiveHint');
  return undefined;
}

function weak(category: Category, hint: string): Claim {
  return { category, strength: 'weak', why: `The server's own hint says so (${hint}: true); nothing else does.` };
}

/** Signals of the hints beside the category that was reached: open world, and claims of less than the evidence shows. */
export function hintSignals(hints: ToolAnnotations, category: Category): readonly Signal[] {
  const signals: Signal[] = [];
  if (hints.openWorldHint === true)
    signals.push({ code: 'open-world', text: 'reaches beyond the server (openWorldHint)' });
  if (hints.readOnlyHint === true && category !== 'Read') {
    signals.push({
      code: 'hint-contradicts',
      text: 'the server marks it readOnlyHint: true, the evidence says otherwise',
    });
  } else if (hints.destructiveHint === false && category === 'Destructive') {
    signals.push({
      code: 'hint-contradicts',
      text: 'the server marks it destructiveHint: false, the evidence says otherwise',
    });
  }
  return signals;
}
