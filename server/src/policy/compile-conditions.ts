/** From a condition's tree to something that can be evaluated: paths parsed, regular expressions compiled, ids given. */
import { RE2JS } from 're2js';
import { OPERATORS, type CompiledCondition, type CompiledPredicate, type Operator } from './compiled.ts';
import { identified } from './condition-ids.ts';
import { arrayAt, memberOf, spanOf, stringAt } from './json/access.ts';
import type { JsonNode } from './json/node.ts';
import { escapeToken } from './json/pointer.ts';
import { testOf } from './operators.ts';
import { parsePath, type ParsedPath } from './path.ts';
import type { PolicyProblem } from './problem.ts';

/** Compiles `ruleset[key]`; what cannot be compiled is reported and left out. */
export function compileConditions(
  ruleset: JsonNode,
  key: 'deny_if' | 'require',
  prefix: string,
  problems: PolicyProblem[],
): readonly CompiledCondition[] {
  const conditions = arrayAt(ruleset, key)?.items ?? [];
  return identified(conditions, problems).map(({ condition, id }) => {
    const rule = `${prefix}/${key}/${escapeToken(id)}`;
    const onDeny = stringAt(condition, 'on_deny');
    const predicates = predicatesOf(condition).flatMap((node) => compilePredicate(node, problems) ?? []);
    return { rule, predicates, start: condition.start, end: condition.end, ...(onDeny !== undefined && { onDeny }) };
  });
}

/** The predicates of a ruleset that hold a regular expression, in document order, whether or not it is valid. */
export function regexPredicates(ruleset: JsonNode): readonly JsonNode[] {
  const conditions = ['deny_if', 'require'].flatMap((key) => arrayAt(ruleset, key)?.items ?? []);
  return conditions.flatMap(predicatesOf).filter((node) => operatorOf(node) === 'regex');
}

/** How many of them there are. */
export function countRegexes(ruleset: JsonNode): number {
  return regexPredicates(ruleset).length;
}

function predicatesOf(condition: JsonNode): readonly JsonNode[] {
  return memberOf(condition, 'conditions') ? (arrayAt(condition, 'conditions')?.items ?? []) : [condition];
}

function compilePredicate(node: JsonNode, problems: PolicyProblem[]): CompiledPredicate | undefined {
  const path = compilePath(memberOf(node, 'path'), problems);
  const op = operatorOf(node);
  const value = memberOf(node, 'value') ?? impliedValue(op, node);
  const regex = op === 'regex' ? compileRegex(value, problems) : undefined;
  if (!path || !op || !value || (op === 'regex' && !regex)) return undefined;
  return { ...path, op, value, test: testOf(op, value, regex), start: node.start, end: node.end };
}

function operatorOf(node: JsonNode): Operator | undefined {
  const op = stringAt(node, 'op');
  return OPERATORS.find((known) => known === op);
}

/** `exists` alone has a value when none is written. */
function impliedValue(op: Operator | undefined, { start, end }: JsonNode): JsonNode | undefined {
  return op === 'exists' ? { kind: 'boolean', value: true, start, end } : undefined;
}

/** Undefined where no string stands (the schema check has said so) or the path is wrong (reported here). */
export function compilePath(
  node: JsonNode | undefined,
  problems: PolicyProblem[],
): { readonly path: ParsedPath; readonly pathText: string } | undefined {
  if (node?.kind !== 'string') return undefined;
  const reading = parsePath(node.value);
  if (reading.ok) return { path: reading.path, pathText: node.value };
  // The schema has reported empty and overlong paths.
  const isReported = node.value === '' || [...node.value].length > 1_024;
  if (!isReported)
    problems.push({
      code: 'invalid-path',
      message: reading.problem.message,
      span: innerSpan(node, reading.problem.start),
    });
  return undefined;
}

function compileRegex(value: JsonNode | undefined, problems: PolicyProblem[]): RE2JS | undefined {
  if (value?.kind !== 'string') return undefined;
  try {
    return regexFor(value.value);
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unknown error';
    const message = `This is no valid RE2 regular expression: ${detail}. RE2 has no look-around and no back-references.`;
    problems.push({ code: 'invalid-regex', message, span: spanOf(value) });
    return undefined;
  }
}

/** Compiling one takes up to some milliseconds, and an editor compiles the same ones on every keystroke. */
const MAX_REMEMBERED = 2_000;
const remembered = new Map<string, RE2JS>();

/** Remembered by its text. Throws for what RE2 cannot compile. */
export function regexFor(pattern: string): RE2JS {
  let regex = remembered.get(pattern);
  if (regex === undefined) {
    regex = RE2JS.compile(pattern);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(pattern, regex);
  }
  return regex;
}

/** From an offset in a string's value to the end of the literal; the whole literal where escapes make offsets differ. */
function innerSpan(node: JsonNode & { readonly kind: 'string' }, offset: number): { start: number; end: number } {
  const isPlain = node.end - node.start === node.value.length + 2;
  const start = isPlain && offset < node.value.length ? node.start + 1 + offset : node.start;
  return { start, end: start === node.start ? node.end : node.end - 1 };
}
