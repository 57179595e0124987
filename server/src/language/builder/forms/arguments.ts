/** What the schemas of the governed tools say of a condition's argument, and which operator and value fit it. */
import { findArgument, type ArgumentPath } from '../../../catalog/index.ts';
import type { FormOwner } from '../../../protocol/policyForms.ts';
import { governedTools } from '../../completion/context.ts';
import { fits } from '../../completion/operators.ts';
import type { KnownTools } from '../../tools/known-tools.ts';

/** By the first governed tool that has it; `undefined`: nothing is known of it. */
export function argumentAt(known: KnownTools, owner: FormOwner, path: string): ArgumentPath | undefined {
  for (const tool of governedTools(known, owner)) {
    const found = findArgument(tool.inputSchema, path);
    if (found.kind === 'found') return found.argument;
  }
  return undefined;
}

/** The same operator where it can judge the argument, else the one that always can. */
export const fittingOperator = (op: string, argument: ArgumentPath | undefined): string =>
  fits(op, argument) ? op : 'exists';

const LISTS = ['in', 'not_in'];
const ORDERINGS = ['lt', 'lte', 'gt', 'gte'];

/** A predicate as it stands, and as it is to be. */
export interface ValueAsked {
  readonly op: string;
  /** The operator before. */
  readonly before: string;
  readonly value: unknown;
  /** Under the new path. */
  readonly argument: ArgumentPath | undefined;
  readonly isOtherArgument: boolean;
}

/** What stands there, as far as the operator and the argument can use it; else a value to begin with. */
export function fittingValue({ op, before, value, argument, isOtherArgument }: ValueAsked): unknown {
  const kept = isOtherArgument && !isOfType(value, argument) ? undefined : value;
  if (op === before && kept !== undefined) return value;
  const list = LISTS.includes(before) && Array.isArray(kept) ? (kept as readonly unknown[]) : undefined;
  if (LISTS.includes(op)) return list ?? [singleOf(kept, before) ?? blankFor(argument)];
  return valueFor(op, before, list ? list[0] : singleOf(kept, before), argument);
}

/** The value of `exists` says nothing of the argument's. */
const singleOf = (value: unknown, before: string): unknown => (before === 'exists' ? undefined : value);

function valueFor(op: string, before: string, single: unknown, argument: ArgumentPath | undefined): unknown {
  if (op === 'exists') return true;
  if (ORDERINGS.includes(op)) return typeof single === 'number' ? single : (argument?.maximum ?? 0);
  if (op === 'regex') return typeof single === 'string' ? quotedForRegex(single, before) : '';
  return single ?? blankFor(argument);
}

function isOfType(value: unknown, argument: ArgumentPath | undefined): boolean {
  const single: unknown = Array.isArray(value) ? value[0] : value;
  const types = argument?.types ?? [];
  if (argument?.enum !== undefined && !argument.enum.includes(single)) return false;
  if (types.length === 0) return true;
  return typeof single === 'number'
    ? types.includes('number') || types.includes('integer')
    : types.includes(typeof single as 'string');
}

/** A text that was compared becomes the expression that only it fits. */
const quotedForRegex = (text: string, before: string): string =>
  before === 'regex' ? text : `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;

export function blankFor(argument: ArgumentPath | undefined): unknown {
  const [first] = argument?.enum ?? [];
  if (first !== undefined) return first;
  const types = argument?.types ?? [];
  if (types.includes('string') || types.length === 0) return '';
  if (types.includes('boolean')) return true;
  return types.includes('number') || types.includes('integer') ? (argument?.minimum ?? 0) : '';
}
