/** Rulesets and entries: restrictions, action, approval (policy language §1). The schema check has reported missing keys and wrong types. */
import { DEFAULT_APPROVAL_TIMEOUT } from './compiled.ts';
import type {
  CompiledApproval,
  CompiledEntry,
  CompiledLimit,
  CompiledRateLimit,
  CompiledRuleset,
  StatedAction,
} from './compiled.ts';
import { compileConditions, compilePath } from './compile-conditions.ts';
import type { CalendarWindow } from './decision.ts';
import { arrayAt, memberOf, numberAt, objectAt, spanOf, stringAt } from './json/access.ts';
import type { JsonMember, JsonNode } from './json/node.ts';
import { escapeToken } from './json/pointer.ts';
import type { CounterScope } from './identity.ts';
import type { PolicyProblem } from './problem.ts';

export function compileRuleset(member: JsonMember, prefix: string, problems: PolicyProblem[]): CompiledRuleset {
  const node = member.value;
  const rateLimit = compileRateLimit(objectAt(node, 'rate_limit'), `${prefix}/rate_limit`);
  return {
    prefix,
    keySpan: member.key,
    denyIf: compileConditions(node, 'deny_if', prefix, problems),
    require: compileConditions(node, 'require', prefix, problems),
    limits: compileLimits(node, prefix, problems),
    ...(rateLimit && { rateLimit }),
    start: node.start,
    end: node.end,
  };
}

export function compileEntry(key: string, member: JsonMember, problems: PolicyProblem[]): CompiledEntry {
  const node = member.value;
  const action = compileAction(memberOf(node, 'action'));
  const approval = compileApproval(objectAt(node, 'approval'));
  const reason = stringAt(node, 'reason');
  return {
    ...compileRuleset(member, `/tools/${escapeToken(key)}`, problems),
    key,
    ...(action && { action }),
    ...(approval && { approval }),
    ...(reason !== undefined && { reason }),
  };
}

function compileAction(node: JsonNode | undefined): StatedAction | undefined {
  if (node?.kind !== 'string') return undefined;
  return { value: node.value as StatedAction['value'], start: node.start, end: node.end };
}

function compileApproval(node: JsonNode | undefined): CompiledApproval | undefined {
  if (!node) return undefined;
  const message = stringAt(node, 'message');
  return {
    timeout: numberAt(node, 'timeout') ?? DEFAULT_APPROVAL_TIMEOUT,
    remember: stringAt(node, 'remember') === 'session' ? 'session' : 'never',
    ...(message !== undefined && { message }),
    start: node.start,
    end: node.end,
  };
}

function compileRateLimit(node: JsonNode | undefined, rule: string): CompiledRateLimit | undefined {
  if (!node) return undefined;
  return {
    rule,
    max: numberAt(node, 'max') ?? 0,
    seconds: numberAt(node, 'window') ?? 0,
    scope: stringAt(node, 'scope') === 'grant' ? 'grant' : 'session',
    ...onDenyOf(node),
    start: node.start,
    end: node.end,
  };
}

function compileLimits(ruleset: JsonNode, prefix: string, problems: PolicyProblem[]): readonly CompiledLimit[] {
  const limits = (arrayAt(ruleset, 'limits')?.items ?? []).map((node) => compileLimit(node, prefix, problems));
  const seen = new Map<string, CompiledLimit>();
  for (const limit of limits) {
    const identity = JSON.stringify([limit.counter, limit.window, limit.scope]);
    const first = seen.get(identity);
    if (first) problems.push(duplicateCounter(limit, first));
    else seen.set(identity, limit);
  }
  return limits;
}

function compileLimit(node: JsonNode, prefix: string, problems: PolicyProblem[]): CompiledLimit {
  const counter = stringAt(node, 'counter') ?? '';
  const incrementFrom = compileIncrement(memberOf(node, 'increment_from'), problems);
  return {
    rule: `${prefix}/limits/${escapeToken(counter)}`,
    counter,
    window: (stringAt(node, 'window') ?? 'day') as CalendarWindow['unit'],
    max: numberAt(node, 'max') ?? 0,
    scope: (stringAt(node, 'scope') ?? 'grant') as CounterScope,
    ...(incrementFrom && { incrementFrom }),
    ...onDenyOf(node),
    start: node.start,
    end: node.end,
  };
}

function compileIncrement(node: JsonNode | undefined, problems: PolicyProblem[]): CompiledLimit['incrementFrom'] {
  const compiled = compilePath(node, problems);
  if (!node || !compiled) return undefined;
  const { path, pathText } = compiled;
  const isSingleArgument =
    path.root === 'args' && path.steps.length > 0 && path.steps.every(({ kind }) => kind !== 'every');
  if (isSingleArgument) return { path, text: pathText };
  const message = '"increment_from" names one argument, such as "args.amount": at least one step, and no [*].';
  problems.push({ code: 'invalid-path', message, span: spanOf(node) });
  return undefined;
}

function onDenyOf(node: JsonNode): { readonly onDeny?: string } {
  const onDeny = stringAt(node, 'on_deny');
  return onDeny === undefined ? {} : { onDeny };
}

function duplicateCounter({ counter, start, end }: CompiledLimit, first: CompiledLimit): PolicyProblem {
  const message = `The counter ${JSON.stringify(counter)} has this window and scope twice. Remove one, or change its name, window or scope.`;
  return { code: 'duplicate-counter', message, span: { start, end }, related: spanOf(first) };
}
