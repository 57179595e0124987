/** A call to begin with, when a tool is tried out: what its schema demands, and what the policy asks about. */
import type { ArgumentPath } from '../../catalog/index.ts';
import type { Tool } from '../../catalog/tool.ts';
import type { CompiledPolicy } from '../../policy/index.ts';
import { argumentPathsFor } from '../../replay/index.ts';
import { argumentsBelow } from '../completion/call-arguments.ts';
import type { DocumentPath } from '../document/cursor.ts';
import { findTool, type KnownTools } from '../tools/known-tools.ts';

/** Objects in objects that are filled in. */
const MAX_DEPTH = 5;

/** Pretty-printed JSON in the form that `portcullis eval` reads. Of a tool that is not known, only its name. */
export function callTemplate(name: string, tools: KnownTools, policy: CompiledPolicy | undefined): string {
  const tool = findTool(tools, name);
  const asked = policy === undefined ? new Set<string>() : pathsAsked(policy, name);
  const call = { tool: name, arguments: tool === undefined ? {} : objectFor(tool, [], asked) };
  return `${JSON.stringify(call, undefined, 2)}\n`;
}

/** First steps of the paths that rules for this tool speak of: an argument that decides has to be there to be tried out. */
function pathsAsked(policy: CompiledPolicy, name: string): ReadonlySet<string> {
  const paths = [...argumentPathsFor(policy, name).values()];
  return new Set(paths.flatMap(({ steps: [first] }) => (first?.kind === 'key' ? [first.name] : [])));
}

function objectFor(tool: Tool, place: DocumentPath, asked: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  if (place.length >= MAX_DEPTH) return {};
  const wanted = argumentsBelow(tool, place).filter(({ key, argument }) => argument.required || asked.has(key));
  return Object.fromEntries(wanted.map(({ key, argument }) => [key, valueFor(tool, [...place, key], argument)]));
}

function valueFor(tool: Tool, place: DocumentPath, argument: ArgumentPath): unknown {
  const suggested = [argument.const, argument.default, argument.enum?.[0], argument.examples?.[0]];
  return suggested.find((value) => value !== undefined) ?? blankFor(tool, place, argument);
}

function blankFor(tool: Tool, place: DocumentPath, { types, minimum }: ArgumentPath): unknown {
  if (types.includes('string')) return '';
  if (types.includes('number') || types.includes('integer')) return minimum ?? 0;
  if (types.includes('boolean')) return false;
  if (types.includes('array')) return [];
  return types.includes('object') ? objectFor(tool, place, new Set()) : null;
}
