import { everyElementPath } from '../../catalog/path.ts';
import { findArgument, type ArgumentPath } from '../../catalog/index.ts';
import { replaceBy } from '../../policy/changes.ts';
import { CATEGORIES, RISK_LEVELS, type JsonNode } from '../../policy/index.ts';
import { predicatesOf, problemInAll, type KnownArgument, type PlacedPredicate } from '../conditions.ts';
import type { Fix } from '../finding.ts';
import { nearest } from '../nearest.ts';
import { quote, quoteSome } from '../quote.ts';
import type { Draft, Rule, Subject } from '../rule.ts';
import { boundBroken, hasType } from '../values/conform.ts';

/** Values of the right type that the argument cannot have by its bounds, and words that no category and no risk is called. */
export const valueOutOfRange: Rule = {
  code: 'value-out-of-range',
  severity: 'warning',
  title: 'The value is outside what can be',
  local: true,
  *check(subject) {
    for (const placed of predicatesOf(subject.policy)) {
      const values = comparedValues(placed);
      if (values.length === 0) continue;
      const words = WORDS[placed.predicate.path.root];
      for (const value of values) yield* words ? checkWord(words, placed, value) : checkBounds(subject, placed, value);
    }
  },
};

const WORDS: Readonly<Partial<Record<string, readonly string[]>>> = {
  'tool.category': CATEGORIES,
  'tool.risk': RISK_LEVELS,
};

function comparedValues({ predicate: { op }, value }: PlacedPredicate): readonly JsonNode[] {
  if (value === undefined) return [];
  if (op === 'in' || op === 'not_in') return value.kind === 'array' ? value.items : [];
  return op === 'eq' || op === 'neq' || op === 'contains' ? [value] : [];
}

function* checkWord(words: readonly string[], { predicate }: PlacedPredicate, node: JsonNode): Generator<Draft> {
  if (predicate.op === 'contains' || (node.kind === 'string' && words.includes(node.value))) return;
  const meant = node.kind === 'string' ? nearest(node.value, words) : undefined;
  yield {
    message: `${predicate.pathText} is one of ${quoteSome(words)}, and never this.`,
    span: { start: node.start, end: node.end },
    fixes:
      meant === undefined
        ? []
        : [{ title: `Change to ${quote(meant)}`, edits: [replaceBy(node, meant)], preferred: true }],
  };
}

function* checkBounds(subject: Subject, placed: PlacedPredicate, node: JsonNode): Generator<Draft> {
  if (placed.predicate.path.root !== 'args' || (node.kind !== 'number' && node.kind !== 'string')) return;
  const found = problemInAll(subject, placed, placed.predicate.path, (known) => {
    const argument = comparedWith(placed, known);
    const broken =
      argument && !argument.enum && hasType(node, argument.types) ? boundBroken(node, argument) : undefined;
    return argument && broken !== undefined ? { tool: known.tool, argument, broken } : undefined;
  });
  if (!found) return;
  yield {
    message: `${found.argument.path} of tool ${quote(found.tool.name)} ${found.broken} This value cannot come.`,
    span: { start: node.start, end: node.end },
    fixes: nearestBound(found.argument, node),
  };
}

/** `contains` compares the elements of an array; of a text it asks for a part, which bounds say nothing of. */
function comparedWith({ predicate }: PlacedPredicate, { tool, argument }: KnownArgument): ArgumentPath | undefined {
  if (predicate.op !== 'contains') return argument;
  if (argument.types.length === 0 || argument.types.includes('string')) return undefined;
  const element = findArgument(tool.inputSchema, everyElementPath(predicate.pathText));
  return element.kind === 'found' ? element.argument : undefined;
}

function nearestBound({ minimum = -Infinity, maximum = Infinity }: ArgumentPath, node: JsonNode): readonly Fix[] {
  if (node.kind !== 'number' || (node.value >= minimum && node.value <= maximum)) return [];
  const bound = node.value < minimum ? minimum : maximum;
  return [{ title: `Change to ${bound}`, edits: [replaceBy(node, bound)] }];
}
