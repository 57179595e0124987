import { keyPath, findArgument, type AbsentArgument } from '../../catalog/index.ts';
import type { Tool } from '../../catalog/tool.ts';
import { everyElementPath, indexPath } from '../../catalog/path.ts';
import { parsePath, type JsonNode, type PathStep } from '../../policy/index.ts';
import { replaceBy } from '../../policy/changes.ts';
import { absentInAll, predicatesOf, rulesetsOf, type PlacedPredicate } from '../conditions.ts';
import type { Fix } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { quote, quoteSome } from '../quote.ts';
import type { Draft, Rule, Subject } from '../rule.ts';

/** Paths into arguments that no governed tool takes: a `deny_if` on one never applies, a `require` on one always denies. */
export const unknownArgument: Rule = {
  code: 'unknown-argument',
  severity: 'warning',
  title: 'The tool takes no such argument',
  local: true,
  *check(subject) {
    if (subject.tools === undefined) return;
    for (const placed of predicatesOf(subject.policy)) {
      const { path } = placed.predicate;
      const found = path.root === 'args' && path.steps.length > 0 ? absentInAll(subject, placed, path) : undefined;
      if (found) yield draft(placed.path, path.steps, found, consequence(placed));
    }
    yield* unknownAmounts(subject);
  },
};

/** `increment_from` of quota limits. */
function* unknownAmounts(subject: Subject): Generator<Draft> {
  for (const placed of rulesetsOf(subject.policy)) {
    const nodes = placed.node.members.get('limits')?.value;
    for (const [index, limit] of placed.ruleset.limits.entries()) {
      const item = nodes?.kind === 'array' ? nodes.items[index] : undefined;
      const node = item?.kind === 'object' ? item.members.get('increment_from')?.value : undefined;
      const found = node && limit.incrementFrom && absentInAll(subject, placed, limit.incrementFrom.path);
      if (node && limit.incrementFrom && found) {
        yield draft(
          node,
          limit.incrementFrom.path.steps,
          found,
          'Every call is denied, for the limit cannot count it.',
        );
      }
    }
  }
}

function consequence({ list, predicate }: PlacedPredicate): string {
  if (predicate.op === 'exists') return 'The answer is always the same.';
  return list === 'deny_if' ? 'This condition never applies.' : 'This condition denies every call.';
}

type Absence = { readonly tool: Tool; readonly absent: AbsentArgument };

function draft(node: JsonNode, steps: readonly PathStep[], { tool, absent }: Absence, effect: string): Draft {
  const better = suggestion(steps, absent, tool.inputSchema);
  return {
    message: `${problem(tool, absent)} ${effect} ${advice(absent, better)}`.trimEnd(),
    span: { start: node.start, end: node.end },
    fixes: better === undefined ? [] : [fix(node, better)],
  };
}

function fix(node: JsonNode, path: string): Fix {
  return { title: `Change to ${quote(path)}`, edits: [replaceBy(node, path)], preferred: true };
}

function problem(tool: Tool, { parent, parentTypes, missing }: AbsentArgument): string {
  const where = parent === 'args' ? `Tool ${quote(tool.name)}` : `${parent} of tool ${quote(tool.name)}`;
  if (missing.kind === 'element') return `${where} is no array${kinds(parentTypes)}.`;
  if (parentTypes.length > 0 && !parentTypes.includes('object')) return `${where} has no keys${kinds(parentTypes)}.`;
  return parent === 'args'
    ? `${where} takes no argument ${quote(missing.key)}.`
    : `${where} has no key ${quote(missing.key)}.`;
}

function kinds(types: readonly string[]): string {
  return types.length === 0 ? '' : `: its type is ${types.join(' or ')}`;
}

function advice({ keys }: AbsentArgument, better: string | undefined): string {
  if (better !== undefined) return `Did you mean ${quote(better)}?`;
  return keys.length === 0 ? '' : `It knows ${quoteSome(keys)}.`;
}

/** The path with its first wrong key replaced by the nearest one that exists, if the whole then exists; an array entered through `[*]`. */
function suggestion(steps: readonly PathStep[], absent: AbsentArgument, schema: unknown): string | undefined {
  const parsed = parsePath(absent.parent);
  if (!parsed.ok) return undefined;
  const rest = steps.slice(parsed.path.steps.length + 1);
  const candidates: string[] = [];
  if (absent.missing.kind === 'key') {
    const key = nearest(absent.missing.key, absent.keys);
    if (key !== undefined) candidates.push(keyPath(absent.parent, key));
    else if (absent.parentTypes.includes('array'))
      candidates.push(keyPath(everyElementPath(absent.parent), absent.missing.key));
  } else candidates.push(absent.parent);
  return candidates
    .map((start) => rest.reduce(extend, start))
    .find((path) => findArgument(schema, path).kind === 'found');
}

function extend(path: string, step: PathStep): string {
  if (step.kind === 'key') return keyPath(path, step.name);
  return step.kind === 'index' ? indexPath(path, step.index) : everyElementPath(path);
}
