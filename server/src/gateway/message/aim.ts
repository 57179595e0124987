/**
 * Which tools a message was aimed at that is refused before it can be judged. For the record only, so that an attempt does not go unseen:
 * reads leniently, and finds every name where a message can be read in several ways. Must never decide what passes.
 */
import { parseTree, type Node } from 'jsonc-parser';

/** So many UTF-16 code units of a message are looked at. */
const MAX_LENGTH = 256 * 1024;
const MAX_TOOLS = 100;

/** The names, each once; an empty one where a tool was called but its name cannot be told. Empty: no tool was called. */
export function toolsAimedAt(text: string): readonly string[] {
  try {
    const root = parseTree(text.slice(0, MAX_LENGTH));
    const messages = root?.type === 'array' ? (root.children ?? []) : root ? [root] : [];
    const names = new Set(messages.flatMap(toolsOf));
    return [...names].slice(0, MAX_TOOLS);
  } catch (error) {
    // Nested too deeply for a reader that recurses.
    if (error instanceof RangeError) return text.includes('tools/call') ? [''] : [];
    throw error;
  }
}

function toolsOf(message: Node): readonly string[] {
  if (!valuesOf(message, 'method').some(({ value }) => value === 'tools/call')) return [];
  const values = valuesOf(message, 'params').flatMap((params) => valuesOf(params, 'name'));
  const names = values.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return names.length > 0 ? names : [''];
}

/** Of every member called so, in whatever case: some decoders take the first, some the last, some do not look at the case. */
function valuesOf(object: Node, key: string): readonly Node[] {
  return (object.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    object.type === 'object' && value && String(name?.value).toLowerCase() === key ? [value] : [],
  );
}
