/** Finds the verbs among the words of a name: verbs of several words, and none inside a noun such as "pull request". */
import type { Category } from '../policy/vocabulary.ts';
import { nameVerb, verbPhrases, type Verb } from './verbs.ts';
import { NOUN_PHRASES } from './vocabulary/nouns.ts';
import { OBJECT_RULES, type ObjectRules } from './vocabulary/objects.ts';
import { CONJUNCTIONS, PREPOSITIONS } from './vocabulary/verbs.ts';

export interface PlacedVerb extends Verb {
  /** Index of its first word. */
  readonly at: number;
  /** Index after its last word. */
  readonly end: number;
  /** The word of the object that decided the category, where one did. */
  readonly object?: string;
}

/** The words that a verb or a noun of several words begins with: most words begin none, and are passed over quickly. */
const FIRST_WORDS = new Set([...verbPhrases(), ...NOUN_PHRASES].map((phrase) => phrase.split('_')[0] ?? ''));

/** More words than that no phrase of the vocabulary has. */
const LONGEST = 4;

/** The verbs among the words of a name; in `mark_all_read` nothing is read. */
export function placeVerbs(words: readonly string[]): readonly PlacedVerb[] {
  const found: PlacedVerb[] = [];
  for (let at = 0; at < words.length;) {
    const noun = phraseLength(words, at, (phrase) => NOUN_PHRASES.has(phrase));
    const length = noun > 0 ? 0 : verbLength(words, at);
    const verb = length > 0 ? nameVerb(words.slice(at, at + length).join('_')) : undefined;
    if (verb && !(verb.word === 'read' && words.includes('mark'))) found.push(withObject(verb, words, at, at + length));
    if (verb === undefined && noun === 0) found.push(...verbByObject(words, at));
    at += Math.max(noun, length, 1);
  }
  return found;
}

function verbLength(words: readonly string[], at: number): number {
  const several = phraseLength(words, at, (phrase) => nameVerb(phrase) !== undefined);
  return several > 0 ? several : nameVerb(words[at] ?? '') === undefined ? 0 : 1;
}

/** The most words from `at` that make a phrase of at least two; 0 when none do. */
function phraseLength(words: readonly string[], at: number, isPhrase: (phrase: string) => boolean): number {
  let phrase = words[at] ?? '';
  let longest = 0;
  if (!FIRST_WORDS.has(phrase)) return 0;
  for (let end = at + 1; end < words.length && end < at + LONGEST; end++) {
    phrase += `_${words[end] ?? ''}`;
    if (isPhrase(phrase)) longest = end - at + 1;
  }
  return longest;
}

function withObject(verb: Verb, words: readonly string[], at: number, end: number): PlacedVerb {
  const rules = OBJECT_RULES.get(verb.word);
  const decided = rules && decide(rules, objectOf(words, at, end));
  const { word, strength } = verb;
  return decided ? { word, strength, ...decided, at, end } : { word, strength, category: verb.category, at, end };
}

/** `issue_refund` issues, `list_issues` does not: some words are verbs only before an object that objects.ts names. */
function verbByObject(words: readonly string[], at: number): readonly PlacedVerb[] {
  const word = words[at] ?? '';
  const rules = at + 1 < words.length ? OBJECT_RULES.get(word) : undefined;
  const decided = rules && decide(rules, objectOf(words, at, at + 1));
  return decided ? [{ word, strength: 'edge', ...decided, at, end: at + 1 }] : [];
}

/** The words after the verb, as far as its object goes; before it, where it ends the name: `invoice_send`. */
export function objectOf(words: readonly string[], at: number, end: number): readonly string[] {
  if (end >= words.length) return words.slice(0, at);
  const stop = words.findIndex((word, index) => index >= end && (PREPOSITIONS.has(word) || CONJUNCTIONS.has(word)));
  return words.slice(end, stop < 0 ? words.length : stop);
}

/** The last word of an object may make a verb harmless; any word may make it worse. */
function decide(rules: ObjectRules, object: readonly string[]): { category: Category; object: string } | undefined {
  const at = object.findLastIndex((word) => !/^(?:v|\d+)$/.test(word));
  const head = object[at] ?? '';
  if (rules.Read?.has(head) === true || rules.Read?.has(`${object[at - 1] ?? ''}_${head}`) === true)
    return { category: 'Read', object: head };
  for (const category of ['Financial', 'Destructive', 'Execute', 'Write'] as const) {
    const word = object.find((candidate) => rules[category]?.has(candidate));
    if (word !== undefined) return { category, object: word };
  }
  return undefined;
}
