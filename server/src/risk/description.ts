/** What a description claims: by its leading verb, by what it says the tool does besides, and by words that say a change is final. Descriptions persuade models, so they may raise a risk and never lower one. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { worst, type Claim } from './claim.ts';
import { textPhrase, textVerb, type Verb } from './verbs.ts';
import { IRREVERSIBLE, MAY_ALLOW, MAY_BE_FINAL, OPENERS, PREAMBLES, READ_LEADS } from './vocabulary/texts.ts';
import { GENERIC_VERBS, PREPOSITIONS, VERBAL_NOUNS } from './vocabulary/verbs.ts';
import { clauses, clauseWords } from './words.ts';

const JOINTS = new Set(['and', 'or', 'then']);
const SEPARATORS = new Set([',', '/', '&']);
/** Characters: most words are longer, and need not be looked up. */
const LONGEST_JOINT = 4;
const RUNNING = new Set(['run', 'execute']);
/** Characters of a clause that are read for verbs. */
const MAX_CLAUSE = 160;
/** Characters of a later sentence that are read for its leading verb. */
const MAX_LATER = 32;
/** Enough of a clause to recognise it. */
const QUOTED_WORDS = 6;
/** Clauses that are looked at; what a tool does stands in the first. */
const MAX_CLAUSES = 5;
/** Clauses of which the first that begins with a verb is the lead. */
const LEADING = 3;

/** What the leading verb says, and how sure one may be that it is one. */
export interface DescriptionClaim extends Claim {
  /** Surely a verb: it may raise what a clear name says. "Log label names" and "Index documentation" may not. */
  readonly plain: boolean;
}

/** A description taken apart, once for all rules. */
export interface Description {
  /** Plain text (words.ts). */
  readonly text: string;
  /** The claim of the leading verb; of the first three clauses, the first that leads with a verb. */
  readonly lead: DescriptionClaim | undefined;
  /** The leading words, for rules about a verb and its object. */
  readonly opening: readonly string[];
  /** The worst change that a later sentence says the tool makes: "Removes it from the queue." */
  readonly later: Claim | undefined;
}

/** `text` is plain (words.ts). */
export function readDescription(text: string): Description {
  const parts = clauses(text, MAX_CLAUSES);
  const first = readClause(parts[0] ?? '');
  let lead = leads(first) ? first : undefined;
  const later: Claim[] = [];
  for (let at = 1; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (lead !== undefined) later.push(...laterChange(part));
    else if (at < LEADING) {
      const clause = readClause(part);
      if (leads(clause)) lead = clause;
    }
  }
  return {
    text,
    lead: lead && leadClaim(lead),
    opening: first.words.slice(first.at, first.at + 6),
    later: worst(later),
  };
}

interface Clause {
  readonly text: string;
  /** In lower case, with the commas and slashes that may join verbs. */
  readonly words: readonly string[];
  /** Where the leading word stands: adverbs and numbers are passed over. */
  readonly at: number;
  readonly verb: Verb | undefined;
}

function leads({ verb, words, at }: Clause): boolean {
  return verb !== undefined || READ_LEADS.has(words[at] ?? '');
}

function readClause(clause: string, max = MAX_CLAUSE): Clause {
  const text = withoutPreamble(clause);
  const words = clauseWords(text.slice(0, max));
  const found = words.findIndex((word) => textVerb(word) !== undefined || !PASSED_OVER.test(word));
  const at = Math.max(found, 0);
  const word = words[at] ?? '';
  return { text, words, at, verb: textPhrase(word, words[at + 1] ?? '') ?? textVerb(word) };
}

/** Adverbs, numbers and signs before the leading word. */
const PASSED_OVER = /ly$|^to$|^also$|^[\d,/&]/;

const LONGEST_OPENER = Math.max(...[...OPENERS].map((word) => word.length));

/** Without one of these no preamble matches; a quick look saves trying them all. */
function mayOpen(clause: string): boolean {
  const end = clause.indexOf(' ');
  const opens = end > 0 && end <= LONGEST_OPENER && OPENERS.has(clause.slice(0, end).toLowerCase());
  return opens || MAY_ALLOW.some((verb) => clause.includes(verb));
}

function withoutPreamble(clause: string): string {
  if (!mayOpen(clause)) return clause;
  for (const preamble of PREAMBLES) {
    const rest = clause.replace(preamble, '');
    if (rest !== clause) return rest;
  }
  return clause;
}

function leadClaim({ text, words, at, verb }: Clause): DescriptionClaim {
  if (verb === undefined) {
    const why = `The description begins with "${shown(words[at] ?? '')}".`;
    return { category: 'Read', strength: 'weak', plain: false, why };
  }
  const meant = verbalNoun(verb, words, at) ?? verb;
  const leading = { category: meant.category, plain: isPlain(meant) };
  const { category, plain } =
    worst<Pick<JoinedVerb, 'category' | 'plain'>>([leading, ...joinedVerbs(words, at)]) ?? leading;
  return { category, strength: 'strong', plain, why: quote(text) };
}

/** "Perform task with …" says nothing of what is done. */
function isPlain(verb: Verb): boolean {
  return verb.strength === 'strong' && (!GENERIC_VERBS.has(verb.word) || RUNNING.has(verb.word));
}

/** "Performs a search": the noun says what is done. Of what is run, only a search is harmless for sure. */
function verbalNoun(verb: Verb, words: readonly string[], at: number): Verb | undefined {
  if (!GENERIC_VERBS.has(verb.word)) return undefined;
  const object = words.slice(at + 1, at + 8);
  const end = object.findIndex((word) => PREPOSITIONS.has(word) || JOINTS.has(word));
  const noun = (end < 0 ? object : object.slice(0, end)).findLast((word) => VERBAL_NOUNS.has(word));
  const meant = noun === undefined ? undefined : textVerb(VERBAL_NOUNS.get(noun) ?? '');
  return meant?.category === 'Read' && RUNNING.has(verb.word) && meant.word !== 'search' ? undefined : meant;
}

interface JoinedVerb extends Verb {
  readonly plain: boolean;
}

/** "create or update", "get, set, and delete": verbs in the same form that the leading one shares its object with. "Gets details, including …" has none. */
function joinedVerbs(words: readonly string[], start: number): readonly JoinedVerb[] {
  const gerund = isGerund(words[start] ?? '');
  const verbs: JoinedVerb[] = [];
  for (let at = start + 1; at < words.length - 1; at++) {
    const word = words[at] ?? '';
    if (word.length > LONGEST_JOINT) continue;
    const listed = at <= start + 4 && SEPARATORS.has(word);
    if (listed || (JOINTS.has(word) && !(at > start + 4 && isPluralNoun(words, at + 1))))
      verbs.push(...joinedVerb(words[at + 1] ?? '', { gerund, listed, next: at === start + 1 }));
  }
  return verbs;
}

function joinedVerb(word: string, place: { gerund: boolean; listed: boolean; next: boolean }): readonly JoinedVerb[] {
  const verb = textVerb(word);
  if (verb === undefined || verb.strength === 'text' || isGerund(word) !== place.gerund) return [];
  const plain = verb.strength === 'strong' || (!place.listed && place.next);
  return place.listed || plain ? [{ ...verb, plain }] : [];
}

/** In "lists mentions, assignments, and updates on issues" nothing is updated: a verb in this form has an object right behind it. */
function isPluralNoun(words: readonly string[], at: number): boolean {
  const next = words[at + 1];
  const objectless = next === undefined || PREPOSITIONS.has(next) || SEPARATORS.has(next) || JOINTS.has(next);
  return words[at]?.endsWith('s') === true && objectless;
}

function isGerund(word: string): boolean {
  return word.endsWith('ing');
}

/** "Removes it from the queue." tells what happens; "Remove it afterwards." tells the model what to do. */
function laterChange(clause: string): readonly Claim[] {
  const { text, words, at, verb } = readClause(clause.slice(0, 80), MAX_LATER);
  const word = words[at] ?? '';
  if (verb?.strength !== 'strong' || verb.category === 'Read' || word === verb.word || !word.endsWith('s')) return [];
  return [{ category: verb.category, strength: 'weak', why: quote(text) }];
}

function quote(clause: string): string {
  let end = -1;
  for (let words = 0; words < QUOTED_WORDS && (end >= 0 || words === 0); words++) end = clause.indexOf(' ', end + 1);
  return `The description says "${end < 0 ? shown(clause) : `${shown(clause.slice(0, end))}…`}".`;
}

/** The words that say the effect cannot be taken back, as they stand in the text. */
export function irreversibleWords(text: string): string | undefined {
  const match = MAY_BE_FINAL.some((part) => text.includes(part)) ? IRREVERSIBLE.exec(text)?.[0] : undefined;
  return match === undefined ? undefined : shown(match);
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 80 });
}
