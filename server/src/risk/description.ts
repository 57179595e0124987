/** What a description claims: by its leading verb, by what it says the tool does besides, and by words that say a change is final. Descriptions persuade models, so they may raise a risk and never lower one. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { worst, type Claim } from './claim.ts';
import { textVerb, type Verb } from './verbs.ts';
import { IRREVERSIBLE, PREAMBLES, READ_LEADS } from './vocabulary/texts.ts';
import { GENERIC_VERBS, PREPOSITIONS, VERBAL_NOUNS } from './vocabulary/verbs.ts';
import { clauses } from './words.ts';

const JOINTS = new Set(['and', 'or', 'then']);
const SEPARATORS = new Set([',', '/', '&']);
const RUNNING = new Set(['run', 'execute']);
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
  const parts = clauses(text, MAX_CLAUSES).map((clause) => readClause(withoutPreamble(clause)));
  const lead = parts
    .slice(0, LEADING)
    .findIndex((part) => part.verb !== undefined || READ_LEADS.has(part.words[part.at] ?? ''));
  const [first] = parts;
  return {
    text,
    lead: parts[lead] && leadClaim(parts[lead]),
    opening: first?.words.slice(first.at, first.at + 6) ?? [],
    later: worst(parts.slice(lead + 1).flatMap(laterChange)),
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

function readClause(text: string): Clause {
  const words =
    text
      .slice(0, 240)
      .toLowerCase()
      .match(/[\p{L}\p{N}'-]+|[,/&]/gu) ?? [];
  const at = Math.max(
    0,
    words.findIndex((word) => textVerb(word) !== undefined || !/ly$|^to$|^also$|^[\d,/&]/.test(word)),
  );
  const pair = textVerb(`${words[at] ?? ''}_${words[at + 1] ?? ''}`);
  return { text, words, at, verb: pair ?? textVerb(words[at] ?? '') };
}

function withoutPreamble(clause: string): string {
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
  const found = worst([{ ...meant, plain: isPlain(meant) }, ...joinedVerbs(words, at)]) ?? { ...meant, plain: false };
  return { category: found.category, strength: 'strong', plain: found.plain, why: quote(text) };
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
  return words.flatMap((word, at) => {
    const next = words[at + 1] ?? '';
    const listed = at > start && at <= start + 4 && SEPARATORS.has(word);
    if (!listed && !(at > start && JOINTS.has(word))) return [];
    const verb = textVerb(next);
    if (verb === undefined || verb.strength === 'text' || isGerund(next) !== gerund) return [];
    const plain = verb.strength === 'strong' || (!listed && at === start + 1);
    return listed || plain ? [{ ...verb, plain }] : [];
  });
}

function isGerund(word: string): boolean {
  return word.endsWith('ing');
}

/** "Removes it from the queue." tells what happens; "Remove it afterwards." tells the model what to do. */
function laterChange({ text, words, at, verb }: Clause): readonly Claim[] {
  const word = words[at] ?? '';
  if (verb?.strength !== 'strong' || verb.category === 'Read' || word === verb.word || !word.endsWith('s')) return [];
  return [{ category: verb.category, strength: 'weak', why: quote(text) }];
}

function quote(clause: string): string {
  return `The description says "${shown(clause.split(/\s+/).slice(0, 6).join(' '))}".`;
}

/** The words that say the effect cannot be taken back, as they stand in the text. */
export function irreversibleWords(text: string): string | undefined {
  const match = IRREVERSIBLE.exec(text)?.[0];
  return match === undefined ? undefined : shown(match);
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 80 });
}
