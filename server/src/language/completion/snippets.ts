/** Whole conditions and limits, ready to be filled in. */
import { CompletionItemKind } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { ArgumentPath } from '../../catalog/index.ts';
import type { Owner } from '../document/place.ts';
import { paragraph } from '../document/prose.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { argumentsOf, isNumeric, typeWords } from './argument-paths.ts';
import type { Candidate } from './candidate.ts';
import { counterBase } from './words-in-use.ts';
import { stop, type Piece } from './insertion.ts';

/** Conditions offered by argument; the menu for `path` has the rest. */
const MAX_ARGUMENTS = 40;

export type ConditionList = 'deny_if' | 'require';

/** Items of `deny_if` and `require`, or predicates of a group. */
export function conditionCandidates(
  tools: KnownTools,
  owner: Owner,
  listName: ConditionList,
  inGroup: boolean,
): readonly Candidate[] {
  const byArgument = argumentsOf(tools, owner)
    .slice(0, MAX_ARGUMENTS)
    .map(({ argument }) => conditionOn(argument, listName));
  return [...byArgument, blankCondition(), ...(inGroup ? [] : groups(listName))];
}

function conditionOn(argument: ArgumentPath, listName: ConditionList): Candidate {
  const [operator, value] = usual(argument, listName);
  const path = JSON.stringify(argument.path);
  return {
    label: `${escapeUntrusted(argument.path)} ${operator} …`,
    kind: CompletionItemKind.Snippet,
    filter: argument.path,
    text: [`{ "path": ${path}, "op": "`, stop(1, operator), '", "value": ', ...value, ' }'],
    note: typeWords(argument),
    ...(argument.description === undefined ? {} : { documentation: [paragraph(argument.description)] }),
    rank: argument.required ? 0 : 1,
  };
}

/** The operator and value that a rule on such an argument most often has. */
function usual(argument: ArgumentPath, listName: ConditionList): readonly [string, readonly Piece[]] {
  const denies = listName === 'deny_if';
  if (argument.enum !== undefined && argument.enum.length > 0) {
    return ['in', ['[', stop(2, JSON.stringify(argument.enum[0])), ']']];
  }
  if (isNumeric(argument)) return [denies ? 'gt' : 'lte', [stop(2, String(argument.maximum ?? 100))]];
  if (argument.types.includes('boolean')) return ['eq', [stop(2, denies ? 'true' : 'false')]];
  if (argument.types.includes('string')) return ['regex', ['"', stop(2), '"']];
  if (argument.types.includes('array')) return ['contains', ['"', stop(2), '"']];
  return ['exists', [stop(2, 'true')]];
}

function blankCondition(): Candidate {
  return snippet('condition', 'A condition on one argument.', 2, [
    '{ "path": "args.',
    stop(1),
    '", "op": "',
    stop(2, 'eq'),
    '", "value": ',
    stop(3, '""'),
    ' }',
  ]);
}

function groups(listName: ConditionList): readonly Candidate[] {
  const group = snippet('all of several conditions', 'A group: it holds when all of its conditions hold.', 2, [
    '{ "conditions": [',
    stop(1),
    '] }',
  ]);
  if (listName === 'require') return [group];
  const always = snippet('always deny', 'An empty group always holds, so this denies every call.', 2, [
    '{ "conditions": [], "on_deny": "',
    stop(1, 'Requires human approval.'),
    '" }',
  ]);
  return [group, always];
}

/** Items of `limits`. */
export function limitCandidates(tools: KnownTools, owner: Owner): readonly Candidate[] {
  const name = counterBase(owner);
  const calls = snippet(
    'limit on calls',
    'At most so many calls in each window.',
    0,
    limit(`${name}_rate`, 'minute', '30', []),
  );
  const amounts = argumentsOf(tools, owner)
    .filter(({ argument }) => isNumeric(argument) && !argument.path.includes('[*]'))
    .map(({ argument }) => amountLimit(name, argument.path));
  return [calls, ...amounts];
}

function amountLimit(name: string, path: string): Candidate {
  const from = [`, "increment_from": ${JSON.stringify(path)}`];
  const candidate = snippet(`limit on the sum of ${escapeUntrusted(path)}`, 'At most this sum in each window.', 1, [
    ...limit(`${name}_sum`, 'day', '1000', from),
  ]);
  return { ...candidate, filter: path };
}

function limit(counter: string, window: string, max: string, more: readonly Piece[]): readonly Piece[] {
  const inner = JSON.stringify(counter).slice(1, -1);
  return [
    '{ "counter": "',
    stop(1, inner),
    '", "window": "',
    stop(2, window),
    '", "max": ',
    stop(3, max),
    ...more,
    ' }',
  ];
}

function snippet(label: string, meaning: string, rank: number, text: readonly Piece[]): Candidate {
  return { label, kind: CompletionItemKind.Snippet, filter: label, text, documentation: [paragraph(meaning)], rank };
}
