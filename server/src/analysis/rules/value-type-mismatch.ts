import { canonicalJson, findArgument, type ArgumentPath, type JsonType } from '../../catalog/index.ts';
import { everyElementPath } from '../../catalog/path.ts';
import { toValue, type JsonNode, type Operator } from '../../policy/index.ts';
import { replaceBy } from '../../policy/changes.ts';
import { predicatesOf, problemInAll, type KnownArgument, type PlacedPredicate } from '../conditions.ts';
import type { Fix } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { quote, quoteSome } from '../quote.ts';
import type { Draft, Rule, Subject } from '../rule.ts';
import { hasType } from '../values/conform.ts';

/** Operators that compare the argument, or one of its elements, with whole values. */
const COMPARES: ReadonlySet<Operator> = new Set(['eq', 'neq', 'in', 'not_in', 'contains']);

/** Values that the argument can never have, by its type or its list of values. */
export const valueTypeMismatch: Rule = {
  code: 'value-type-mismatch',
  severity: 'warning',
  title: 'The argument can never have this value',
  local: true,
  *check(subject) {
    if (subject.tools === undefined) return;
    for (const placed of predicatesOf(subject.policy)) {
      if (placed.predicate.path.root !== 'args' || !COMPARES.has(placed.predicate.op)) continue;
      for (const value of comparedValues(placed)) yield* checkValue(subject, placed, value);
    }
  },
};

function comparedValues({ predicate, value }: PlacedPredicate): readonly JsonNode[] {
  if (value === undefined) return [];
  return (predicate.op === 'in' || predicate.op === 'not_in') && value.kind === 'array' ? value.items : [value];
}

function* checkValue(subject: Subject, placed: PlacedPredicate, node: JsonNode): Generator<Draft> {
  const found = problemInAll(subject, placed, placed.predicate.path, (known) => {
    const argument = comparedWith(placed, known);
    const message = argument && mismatch(argument, node);
    return argument && message !== undefined ? { known, argument, message } : undefined;
  });
  if (!found) return;
  yield {
    message: `${found.argument.path} of tool ${quote(found.known.tool.name)} ${found.message}`,
    span: { start: node.start, end: node.end },
    fixes: [...elementFixes(placed, node, found.known), ...valueFixes(found.argument, node)],
  };
}

/** `contains` compares elements of an array, and parts of a string, which an enum says nothing of. */
function comparedWith({ predicate }: PlacedPredicate, { tool, argument }: KnownArgument): ArgumentPath | undefined {
  if (predicate.op !== 'contains') return argument;
  const arrayOnly = argument.types.length > 0 && argument.types.every((type) => type === 'array' || type === 'null');
  if (!arrayOnly) return undefined;
  const element = findArgument(tool.inputSchema, everyElementPath(predicate.pathText));
  return element.kind === 'found' ? element.argument : undefined;
}

/** How the value cannot fit, as the end of a sentence; `undefined` when it can. */
export function mismatch({ types, enum: values }: ArgumentPath, node: JsonNode): string | undefined {
  if (!hasType(node, types)) {
    return `is ${types.join(' or ')}, and this value is ${article(node)}.`;
  }
  if (values === undefined) return undefined;
  const text = canonicalJson(toValue(node));
  if (values.some((value) => canonicalJson(value) === text)) return undefined;
  return `takes only ${listed(values)}.`;
}

function article(node: JsonNode): string {
  if (node.kind === 'null') return 'null';
  return `${node.kind === 'array' || node.kind === 'object' ? 'an' : 'a'} ${node.kind}`;
}

function listed(values: readonly unknown[]): string {
  return quoteSome(
    values.map((value) => (typeof value === 'string' ? value : canonicalJson(value))),
    8,
  );
}

/** The value in the argument's own type, or the nearest listed one. */
function valueFixes(argument: ArgumentPath, node: JsonNode): readonly Fix[] {
  const fixes: Fix[] = [];
  for (const value of alternatives(argument, node)) {
    const shown = typeof value === 'string' ? quote(value) : String(value);
    fixes.push({
      title: `Change to ${shown}`,
      edits: [replaceBy(node, value)],
      ...(fixes.length === 0 ? { preferred: true } : {}),
    });
  }
  return fixes;
}

function alternatives({ types, enum: values }: ArgumentPath, node: JsonNode): readonly unknown[] {
  const listedTexts = (values ?? []).filter((value) => typeof value === 'string');
  if (node.kind === 'string') {
    const near = nearest(node.value, listedTexts);
    if (near !== undefined) return [near];
  }
  return [...converted(types, node)].filter((value) => values === undefined || values.includes(value));
}

function* converted(types: readonly JsonType[], node: JsonNode): Generator<unknown> {
  const takesNumbers = types.includes('number') || types.includes('integer');
  if (node.kind === 'string' && takesNumbers && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(node.value)) {
    const number = Number(node.value);
    if (types.includes('number') || Number.isInteger(number)) yield number;
  }
  if (node.kind === 'string' && types.includes('boolean') && /^(?:true|false)$/.test(node.value))
    yield node.value === 'true';
  if ((node.kind === 'number' || node.kind === 'boolean') && types.includes('string')) {
    yield node.kind === 'number' ? node.text : String(node.value);
  }
}

/** An array compared with what is one of its elements. */
function elementFixes(placed: PlacedPredicate, node: JsonNode, { tool, argument }: KnownArgument): readonly Fix[] {
  if (placed.predicate.op !== 'eq' || !argument.types.includes('array')) return [];
  const element = findArgument(tool.inputSchema, everyElementPath(placed.predicate.pathText));
  if (element.kind !== 'found' || mismatch(element.argument, node) !== undefined) return [];
  return [{ title: 'Change to "contains"', edits: [replaceBy(placed.op, 'contains')], preferred: true }];
}
