/** Completion in a policy test: words of the schema, tools, arguments as the tool describes them, and the rules that can decide the call. */
import { CompletionItemKind, type CompletionList, type Position } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { isPattern } from '../../policy/index.ts';
import { outcomesFor } from '../../testing/outcomes.ts';
import { callCandidates } from '../completion/call.ts';
import { quoted, type Candidate } from '../completion/candidate.ts';
import type { WordContext } from '../completion/context.ts';
import { stop } from '../completion/insertion.ts';
import type { ItemOptions } from '../completion/item.ts';
import { completeAt } from '../completion/list.ts';
import { schemaKeys, schemaValues } from '../completion/schema-words.ts';
import { keysOf, nodeAt, scalarAt } from '../document/place.ts';
import { paragraph } from '../document/prose.ts';
import { caseAt, type CasePlace } from './place.ts';
import type { TestSubject } from './subject.ts';
import type { TestView } from './test-view.ts';

export function completeTest(
  view: TestView,
  position: Position,
  subject: TestSubject,
  options: ItemOptions,
): CompletionList {
  return completeAt(view, position, options, (context) => candidatesAt(context, subject));
}

function candidatesAt(context: WordContext, subject: TestSubject): readonly Candidate[] {
  const { path, slot } = context.cursor;
  const place = caseAt(context.view, path);
  const inCall = place?.rest[0] === 'call' && (place.rest.length > 1 || slot === 'key');
  if (inCall) return call(context, place, subject);
  if (slot === 'key') return schemaKeys(context);
  return (place ? inCase(context, place, subject) : atTop(context, subject)) ?? schemaValues(context);
}

/** Where no list is known, the names that the policy writes out are a beginning. */
function call(context: WordContext, place: CasePlace, { policy, tools }: TestSubject): readonly Candidate[] {
  const isName = place.rest.join('/') === 'call/tool';
  if (!isName || tools.catalog) return callCandidates(context, [...place.at, 'call'], tools);
  const keys = keysOf(nodeAt(policy?.draft, ['tools']));
  return keys.filter((key) => !isPattern(key)).map(nameCandidate);
}

function atTop({ cursor }: WordContext, { policyNames }: TestSubject): readonly Candidate[] | undefined {
  if (cursor.path.length !== 1 || cursor.path[0] !== 'policy' || policyNames.length === 0) return undefined;
  return policyNames.map((name) => ({
    label: escapeUntrusted(name),
    kind: CompletionItemKind.File,
    filter: name,
    text: quoted(name),
    rank: 0,
  }));
}

function inCase({ view }: WordContext, place: CasePlace, { policy }: TestSubject): readonly Candidate[] | undefined {
  switch (place.rest.join('/')) {
    case '':
      return [WHOLE_CASE];
    case 'expect/rule':
      return policy?.policy && rules(policy.policy, place, String(scalarAt(view.draft, [...place.at, ...DECISION])));
    default:
      return undefined;
  }
}

const DECISION = ['expect', 'decision'] as const;

/** Those that end in the decision that is expected first. */
function rules(
  policy: Parameters<typeof outcomesFor>[0],
  { tool }: CasePlace,
  expected: string,
): readonly Candidate[] | undefined {
  if (tool === undefined) return undefined;
  return outcomesFor(policy, tool).map(({ rule, decision, text }) => ({
    label: rule === '' ? '""' : escapeUntrusted(rule),
    kind: CompletionItemKind.Reference,
    filter: rule === '' ? '""' : rule,
    text: quoted(rule),
    note: decision,
    documentation: [paragraph(text)],
    rank: decision === expected ? 0 : 1,
  }));
}

function nameCandidate(name: string): Candidate {
  return {
    label: escapeUntrusted(name),
    kind: CompletionItemKind.Function,
    filter: name,
    text: quoted(name),
    rank: 0,
  };
}

const WHOLE_CASE: Candidate = {
  label: 'case',
  kind: CompletionItemKind.Snippet,
  filter: 'case',
  text: [
    '{ "name": "',
    { stop: 1, text: '', plain: 'A new case' },
    '", "call": { "tool": "',
    stop(2),
    '" }, "expect": { "decision": "',
    stop(3, 'deny'),
    '" } }',
  ],
  documentation: [paragraph('A call, and what the policy must decide of it.')],
  rank: 0,
};
