import type { ArgumentPath, JsonType } from '../../catalog/index.ts';
import { everyElementPath } from '../../catalog/path.ts';
import type { Operator } from '../../policy/index.ts';
import { findArgument } from '../../catalog/index.ts';
import { replaceBy } from '../../policy/changes.ts';
import { predicatesOf, problemInAll, type KnownArgument, type PlacedPredicate } from '../conditions.ts';
import type { Fix } from '../finding.ts';
import { quote } from '../quote.ts';
import type { Draft, Rule } from '../rule.ts';

/** Types that an operator can judge (policy language §4, "Type mismatch"); operators that are not here judge any. */
const JUDGES: Partial<Record<Operator, readonly JsonType[]>> = {
  lt: ['number', 'integer'],
  lte: ['number', 'integer'],
  gt: ['number', 'integer'],
  gte: ['number', 'integer'],
  regex: ['string'],
  contains: ['string', 'array'],
};

/** Operators on arguments whose type they cannot judge: the condition can never be evaluated, so it denies every call that has the argument. */
export const operatorTypeMismatch: Rule = {
  code: 'operator-type-mismatch',
  severity: 'warning',
  title: "The operator cannot judge the argument's type",
  local: true,
  *check(subject) {
    if (subject.tools === undefined) return;
    for (const placed of predicatesOf(subject.policy)) {
      const { op, path } = placed.predicate;
      const judges = JUDGES[op];
      if (judges === undefined || path.root !== 'args') continue;
      const found = problemInAll(subject, placed, path, (known) => (fits(known.argument, judges) ? undefined : known));
      if (found) yield draft(placed, judges, found);
    }
  },
};

function fits({ types }: ArgumentPath, judges: readonly JsonType[]): boolean {
  return types.length === 0 || types.some((type) => judges.includes(type));
}

function draft(placed: PlacedPredicate, judges: readonly JsonType[], { tool, argument }: KnownArgument): Draft {
  const { op, path, predicate } = placed;
  const wanted = judges.filter((type) => type !== 'integer').join(' or ');
  return {
    message:
      `${quote(predicate.op)} judges only a ${wanted}, and ${argument.path} of tool ${quote(tool.name)} is ${argument.types.join(' or ')}: ` +
      'every call with this argument is denied because the condition cannot be evaluated.',
    span: { start: op.start, end: op.end },
    fixes: [...elementFix(placed, judges, tool.inputSchema), ...equalityFix(placed, argument)],
    related: [{ span: { start: path.start, end: path.end }, message: 'The argument' }],
  };
}

/** An array of the right things: ask every element. */
function elementFix(
  { path, predicate }: PlacedPredicate,
  judges: readonly JsonType[],
  schema: unknown,
): readonly Fix[] {
  const every = everyElementPath(predicate.pathText);
  const element = findArgument(schema, every);
  if (element.kind !== 'found' || element.argument.types.length === 0 || !fits(element.argument, judges)) return [];
  return [{ title: `Ask every element: ${quote(every)}`, edits: [replaceBy(path, every)], preferred: true }];
}

/** `contains` and `regex` on something that is compared whole. */
function equalityFix({ op, value, predicate }: PlacedPredicate, { types }: ArgumentPath): readonly Fix[] {
  const comparable =
    value !== undefined &&
    (types as readonly string[]).some((type) => type === value.kind || (type === 'integer' && value.kind === 'number'));
  if (predicate.op !== 'contains' || !comparable) return [];
  return [{ title: 'Change to "eq"', edits: [replaceBy(op, 'eq')] }];
}
