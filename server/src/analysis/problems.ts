/**
 * Problems of a document that is no valid policy, as findings: the engine says what is wrong, this adds how to mend it.
 * The engine's codes are findings' codes.
 */
import {
  readJson,
  type JsonNode,
  type JsonReading,
  type PolicyProblem,
  type PolicyProblemCode,
  type Span,
} from '../policy/index.ts';
import { addMembers, removeMember, replaceBy } from '../policy/changes.ts';
import { memberFrom } from '../policy/json/members.ts';
import { duplicateKeyFixes, relatedToTwins, tolerantTree } from './duplicates.ts';
import type { Finding, Fix } from './finding.ts';
import { withLateFixes } from './late-fixes.ts';
import { nearest } from './nearest.ts';
import { quote } from './quote.ts';

/** What the engine's problems are called in lists of rules. All are errors: the gateway refuses the document. */
export const PROBLEM_TITLES: Readonly<Record<PolicyProblemCode, string>> = {
  'json-syntax': 'Not valid JSON',
  'json-surrogate': 'Half a surrogate pair',
  'json-encoding': 'Not UTF-8 without a byte order mark',
  'json-number-overflow': 'A number too large for JSON readers',
  'json-too-deep': 'Nested too deeply',
  'json-too-large': 'Too large for a policy',
  'duplicate-key': 'A key stands twice',
  'unknown-key': 'The language has no such key',
  'wrong-type': 'A value of another type than stated',
  'missing-key': 'A required key is missing',
  'invalid-value': 'A value that the language does not allow',
  'invalid-path': 'Not a path',
  'invalid-regex': 'Not a regular expression that can be compiled',
  'inexact-number': 'A number that readers would see differently',
  'duplicate-id': 'Two conditions share an id',
  'duplicate-counter': 'Two limits share a counter',
  'misplaced-approval': '"approval" without "require_approval"',
  'too-many-items': 'More items than a policy may have',
};

/** The problems of one text as findings, in the order given. */
export function problemFindings(text: string, problems: readonly PolicyProblem[]): readonly Finding[] {
  const trees = treesOf(text);
  return problems.map((problem) => {
    const { code, message, span, related } = problem;
    const others = related && { related: relatedTo(text, trees, related, problem) };
    return withLateFixes({ code, severity: 'error', message, span, ...others }, () => fixesFor(text, trees, problem));
  });
}

/** Both readings of a text, each made once, when one of its problems needs it. */
interface Trees {
  /** The strict one; undefined when the text is no JSON. */
  readonly root: JsonNode | undefined;
  readonly tolerant: ReturnType<typeof tolerantTree>;
}

function treesOf(text: string): Trees {
  let reading: JsonReading | undefined;
  let tolerant: { readonly tree: Trees['tolerant'] } | undefined;
  return {
    get root() {
      reading ??= readJson(text);
      return reading.ok ? reading.root : undefined;
    },
    get tolerant() {
      return (tolerant ??= { tree: tolerantTree(text) }).tree;
    },
  };
}

function relatedTo(
  text: string,
  trees: Trees,
  first: Span,
  { code, span }: PolicyProblem,
): NonNullable<Finding['related']> {
  const here = { span: first, message: 'The first one stands here' };
  return code === 'duplicate-key' ? [here, ...relatedToTwins(text, trees.tolerant, first, span)] : [here];
}

function fixesFor(text: string, trees: Trees, problem: PolicyProblem): readonly Fix[] {
  const { root } = trees;
  switch (problem.code) {
    case 'unknown-key':
      return root ? unknownKeyFixes(root, problem) : [];
    case 'invalid-value':
      return nearestValue(text, problem);
    case 'missing-key':
      return root ? missingKeyFix(text, root, problem) : [];
    case 'misplaced-approval':
      return root ? misplacedApprovalFixes(text, root, problem) : [];
    case 'duplicate-key':
      return problem.related ? duplicateKeyFixes(text, trees.tolerant, problem.related, problem.span) : [];
    case 'json-syntax':
      return strayComma(text, problem);
    default:
      return [];
  }
}

function unknownKeyFixes(root: JsonNode, { span, candidates }: PolicyProblem): readonly Fix[] {
  const found = memberAt(root, span.start);
  if (!found) return [];
  const free = (candidates ?? []).filter((key) => !found.object.members.has(key));
  const meant = nearest(found.key, free);
  const remove: Fix = { title: `Remove ${quote(found.key)}`, edits: removeMember(found.object, found.key) };
  return meant === undefined
    ? [remove]
    : [{ title: `Change to ${quote(meant)}`, edits: [replaceBy(span, meant)], preferred: true }, remove];
}

function nearestValue(text: string, { span, candidates }: PolicyProblem): readonly Fix[] {
  const reading = readJson(text.slice(span.start, span.end));
  if (!reading.ok || reading.root.kind !== 'string' || !candidates) return [];
  const meant = nearest(reading.root.value, candidates);
  return meant === undefined
    ? []
    : [{ title: `Change to ${quote(meant)}`, edits: [replaceBy(span, meant)], preferred: true }];
}

/** The only values that a missing key can safely be given: the version, and the default that denies. */
const SAFE_VALUES: Readonly<Record<string, string>> = { version: '1', default: 'deny' };

function missingKeyFix(text: string, root: JsonNode, { candidates, span }: PolicyProblem): readonly Fix[] {
  const [key] = candidates ?? [];
  const value = key === undefined ? undefined : SAFE_VALUES[key];
  if (key === undefined || value === undefined || root.kind !== 'object' || span.start !== root.start) return [];
  return [{ title: `Add "${key}": "${value}"`, edits: [addMembers(text, root, [[key, value]])], preferred: true }];
}

function misplacedApprovalFixes(text: string, root: JsonNode, { span }: PolicyProblem): readonly Fix[] {
  const object = memberAt(root, span.start)?.object;
  if (!object) return [];
  const action = object.members.get('action')?.value;
  const change = action
    ? replaceBy(action, 'require_approval')
    : addMembers(text, object, [['action', 'require_approval']]);
  return [
    { title: 'Set "action": "require_approval"', edits: [change] },
    { title: 'Remove "approval"', edits: removeMember(object, 'approval') },
  ];
}

interface FoundMember {
  readonly object: Extract<JsonNode, { kind: 'object' }>;
  readonly key: string;
}

/** The member whose key or value begins at `offset`. */
function memberAt(node: JsonNode, offset: number): FoundMember | undefined {
  if (node.kind === 'array') {
    const item = node.items.find((candidate) => candidate.start <= offset && offset < candidate.end);
    return item && memberAt(item, offset);
  }
  if (node.kind !== 'object') return undefined;
  const { key, member } = memberFrom(node, offset + 1) ?? {};
  if (key === undefined || !member) return undefined;
  if (member.key.start === offset || member.value.start === offset) return { object: node, key };
  return member.value.start < offset ? memberAt(member.value, offset) : undefined;
}

/** A comma before a closing bracket. */
function strayComma(text: string, { span }: PolicyProblem): readonly Fix[] {
  const isStray = text[span.start] === ',' && /^,\s*[\]}]/.test(text.slice(span.start, span.start + 1_000));
  const edits = [{ span: { start: span.start, end: span.start + 1 }, text: '' }];
  return isStray ? [{ title: 'Remove the comma', edits, preferred: true }] : [];
}
