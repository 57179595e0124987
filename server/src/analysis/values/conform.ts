/** Whether an argument may have a value, as far as its types and bounds tell. What they say nothing of may be. */
import type { ArgumentPath, JsonType } from '../../catalog/index.ts';
import type { JsonNode } from '../../policy/index.ts';
import { deepEqual } from '../../policy/json/compare.ts';
import { quote } from '../quote.ts';
import { regexFor } from '../../policy/compile-conditions.ts';
import { nodeOf } from './node.ts';

export function hasType(node: JsonNode, types: readonly JsonType[]): boolean {
  return types.length === 0 || types.some((type) => isOfType(node, type));
}

function isOfType(node: JsonNode, type: JsonType): boolean {
  if (type === 'integer') return node.kind === 'number' && Number.isInteger(node.value);
  return node.kind === type;
}

const listed = new WeakMap<ArgumentPath, readonly JsonNode[]>();

/** The values that the schema lists, those of another type than it names left out. */
export function listedNodes(argument: ArgumentPath): readonly JsonNode[] {
  let nodes = listed.get(argument);
  if (nodes === undefined) {
    nodes = (argument.enum ?? []).map(nodeOf).filter((node) => hasType(node, argument.types));
    listed.set(argument, nodes);
  }
  return nodes;
}

/** Also when the schema lists the values. */
export function isPossible(node: JsonNode, argument: ArgumentPath): boolean {
  if (argument.enum && !listedNodes(argument).some((value) => deepEqual(value, node))) return false;
  return conforms(node, argument);
}

export function conforms(node: JsonNode, argument: ArgumentPath): boolean {
  return hasType(node, argument.types) && boundBroken(node, argument) === undefined;
}

/** The bound that rules a value out, as the end of a sentence about the argument: `is at least 0.` */
export function boundBroken(node: JsonNode, argument: ArgumentPath): string | undefined {
  if (node.kind === 'number') return numberBound(node.value, argument);
  return node.kind === 'string' ? textBound(node.value, argument) : undefined;
}

function numberBound(value: number, argument: ArgumentPath): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = argument;
  if (minimum !== undefined && value < minimum) return `is at least ${minimum}.`;
  if (maximum !== undefined && value > maximum) return `is at most ${maximum}.`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `is more than ${exclusiveMinimum}.`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `is less than ${exclusiveMaximum}.`;
  return undefined;
}

function textBound(text: string, { minLength, maxLength, pattern }: ArgumentPath): string | undefined {
  const length = minLength === undefined && maxLength === undefined ? 0 : Array.from(text).length;
  if (minLength !== undefined && length < minLength) return `has at least ${minLength} characters.`;
  if (maxLength !== undefined && length > maxLength) return `has at most ${maxLength} characters.`;
  return pattern !== undefined && !mayMatch(pattern, text) ? `matches ${quote(pattern)}.` : undefined;
}

/** Longer expressions of servers are not tried. */
const MAX_PATTERN = 500;

/** A server's expression is tried as RE2, which is linear whatever it is; one that RE2 does not know may match anything. */
function mayMatch(pattern: string, text: string): boolean {
  if (pattern.length > MAX_PATTERN) return true;
  try {
    return regexFor(pattern).test(text);
  } catch {
    return true;
  }
}

/** The lower bound of a number, inclusive or not; −∞ without one. */
export function lowest({ minimum = -Infinity, exclusiveMinimum = -Infinity }: ArgumentPath): number {
  return Math.max(minimum, exclusiveMinimum);
}

export function highest({ maximum = Infinity, exclusiveMaximum = Infinity }: ArgumentPath): number {
  return Math.min(maximum, exclusiveMaximum);
}
