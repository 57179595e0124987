/** What a description claims: by its leading verb, and by words that say a change is final. Descriptions persuade models, so they may raise a risk and never lower one. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { worst, type Claim } from './claim.ts';
import { textVerb, type Verb } from './verbs.ts';
import { IRREVERSIBLE } from './vocabulary/texts.ts';
import { clauses } from './words.ts';

/** "This tool can be used to …", "Allows users to …", "The Cancel Order API allows users to …": what may stand before the verb. */
const PREAMBLES = [
  /^(?:[\w/-]+\s+){0,8}?(?:api|tool|endpoint|function)\s+(?:that\s+)?(?:allows?|lets?|enables?)\s+(?:\w+\s+){0,3}?to\s+/i,
  /^(?:this|the|a|an)\s+(?:\w+\s+){0,6}?(?:tool|endpoint|api|function|method|action|operation|command|request)\s+(?:(?:is|that|which|can|will|should be|may be|be|used)\s+)*(?:to\s+)?/i,
  /^(?:use|used|useful|call|invoke|allows?|lets?|enables?|helps?|tool|api)\s+(?:(?:this|it|you|users?|agents?|the user|tool|endpoint)\s+){0,3}(?:when you want\s+|in order\s+)?(?:to|for|that)\s+/i,
  /^(?:you|users?)\s+can\s+/i,
  /^(?:ability|able)\s+to\s+/i,
];

/** Words that say a description begins with what is read. */
const READ_LEADS = new Set([
  'information',
  'details',
  'list',
  'overview',
  'history',
  'statistics',
  'current',
  'latest',
  'available',
]);
const JOINTS = new Set(['and', 'or', 'then']);

/** What the leading verb says, and how sure one may be that it is one. */
export interface DescriptionClaim extends Claim {
  /** Surely a verb: it may raise what a clear name says. "Log label names" and "Index documentation" may not. */
  readonly plain: boolean;
}

/** The claim of the leading verb; of the first three clauses, the first that leads with a verb. `text` is plain (words.ts). */
export function claimOfDescription(text: string): DescriptionClaim | undefined {
  for (const clause of clauses(text, 3)) {
    const claim = claimOfClause(withoutPreamble(clause));
    if (claim) return claim;
  }
  return undefined;
}

function withoutPreamble(clause: string): string {
  for (const preamble of PREAMBLES) {
    const rest = clause.replace(preamble, '');
    if (rest !== clause) return rest;
  }
  return clause;
}

function claimOfClause(clause: string): DescriptionClaim | undefined {
  const words = wordsOf(clause);
  const start = leadAt(words);
  const lead = words[start];
  if (lead === undefined) return undefined;
  const verb = textVerb(lead);
  if (verb) {
    const found = worst([verb, ...joinedVerbs(words, start)]) ?? verb;
    const why = `The description says "${shown(clause.split(/\s+/).slice(0, 6).join(' '))}".`;
    return { category: found.category, strength: 'strong', plain: found !== verb || isPlain(found), why };
  }
  if (!READ_LEADS.has(lead)) return undefined;
  return { category: 'Read', strength: 'weak', plain: false, why: `The description begins with "${shown(lead)}".` };
}

function isPlain(verb: Verb): boolean {
  return verb.strength === 'strong';
}

/** The words of a clause in lower case, with the commas and slashes that may join verbs. */
function wordsOf(clause: string): readonly string[] {
  return (
    clause
      .slice(0, 240)
      .toLowerCase()
      .match(/[\p{L}\p{N}'-]+|[,/&]/gu) ?? []
  );
}

/** Where the leading word stands: adverbs and numbers are passed over. */
function leadAt(words: readonly string[]): number {
  return words.findIndex((word) => textVerb(word) !== undefined || !/ly$|^to$|^[\d,/&]/.test(word));
}

/** The leading word and the few that follow it, for rules about a verb and its object. */
export function leadingWords(text: string, count: number): readonly string[] {
  const words = wordsOf(withoutPreamble(clauses(text, 1)[0] ?? ''));
  const start = leadAt(words);
  return start < 0 ? [] : words.slice(start, start + count);
}

/** "create or update", "get, set, and delete": verbs that the leading one shares its object with. */
function joinedVerbs(words: readonly string[], start: number): readonly Verb[] {
  const verbs: Verb[] = [];
  for (let at = start + 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    const adjacent = word === ',' || word === '/' || word === '&';
    if (!adjacent && !JOINTS.has(word)) continue;
    const verb = textVerb(next);
    if (
      verb &&
      verb.strength !== 'text' &&
      (adjacent ? at <= start + 4 : verb.strength === 'strong' || at === start + 1)
    )
      verbs.push(verb);
  }
  return verbs;
}

/** The words that say the effect cannot be taken back, as they stand in the text. */
export function irreversibleWords(text: string): string | undefined {
  const match = IRREVERSIBLE.exec(text)?.[0];
  return match === undefined ? undefined : shown(match);
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 80 });
}
