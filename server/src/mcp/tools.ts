/**
 * Reads the tools of a `tools/list` answer. Lenient: a malformed tool is left out with a reason, a malformed detail is left out of its tool;
 * one bad entry must not hide the others from whoever writes a policy for them.
 */
import type { Tool, ToolAnnotations } from '../catalog/tool.ts';
import type { Params } from './message.ts';
import { isObject } from './parse.ts';
import { printable } from './untrusted.ts';

export interface ToolsReading {
  /** In the server's order; two may bear one name. */
  readonly tools: readonly Tool[];
  /** Why entries were left out, for people. */
  readonly dropped: readonly string[];
}

export type ToolsFileReading =
  ({ readonly ok: true } & ToolsReading) | { readonly ok: false; readonly problem: string };

/** `undefined`: it is no list at all. */
export function readTools(list: unknown): ToolsReading | undefined {
  if (!Array.isArray(list)) return undefined;
  const tools: Tool[] = [];
  const dropped: string[] = [];
  list.forEach((item: unknown, index) => {
    const tool = readTool(item);
    if (typeof tool === 'string') dropped.push(`Tool ${index + 1} was left out: ${tool}.`);
    else tools.push(tool);
  });
  return { tools, dropped };
}

/** A file for `--tools`: a saved `tools/list` result, the whole answer around it, or any object with `tools`. */
export function readToolsFile(text: string): ToolsFileReading {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, problem: `It is not JSON: ${printable((error as Error).message)}` };
  }
  const result = isObject(value) && isObject(value['result']) ? value['result'] : value;
  const reading = isObject(result) ? readTools(result['tools']) : undefined;
  if (reading) return { ok: true, ...reading };
  return {
    ok: false,
    problem: 'It holds no tool list: an object with "tools", a list, was expected (a saved tools/list result).',
  };
}

/** The tool, or why it is none. Members that MCP may add later are kept, because a fingerprint covers the whole tool. */
function readTool(value: unknown): Tool | string {
  if (!isObject(value)) return 'it is not an object';
  const { name, title, description, annotations, ...rest } = value;
  if (typeof name !== 'string') return 'its name is not a string';
  if (name === '') return 'its name is empty';
  return {
    name,
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...rest,
    ...(isObject(annotations) ? { annotations: readAnnotations(annotations) } : {}),
  };
}

function readAnnotations(value: Params): ToolAnnotations {
  const hints = Object.entries(value).filter(([key, hint]) => typeof hint === (key === 'title' ? 'string' : 'boolean'));
  return Object.fromEntries(hints);
}
