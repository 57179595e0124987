/** What a tool's name claims. The strongest single evidence: servers name tools for what they do. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { worst, type Claim } from './claim.ts';
import { placeVerbs, type PlacedVerb } from './phrases.ts';
import { nameVerb } from './verbs.ts';
import { MARKET_NOUNS, READ_ADJECTIVES, READ_NOUNS, STATE_NOUNS } from './vocabulary/nouns.ts';
import { CONJUNCTIONS, PLAIN_READS, PREPOSITIONS, QUESTIONS, VERBAL_NOUNS } from './vocabulary/verbs.ts';
import type { NameWords } from './words.ts';

/** After a word inside a name these make it a noun: `repo_label_names`. */
const LISTED = new Set(['list', 'lists', 'name', 'names', 'results']);

/** A name with its verbs found, and where the part after a vendor's prefix begins and ends. */
interface Parsed {
  readonly words: readonly string[];
  readonly verbs: readonly PlacedVerb[];
  readonly start: number;
  /** Index of the last word that is not a version: `history_v2`. */
  readonly last: number;
}

/**
 * The category that the verbs of a name give. The verb that leads it wins, with what "and" or "or" joins to it; else a plain verb of reading, for what
 * follows it is its object; else the worst strong verb anywhere; else a noun of what is read; else a word that is a verb as well as a noun.
 */
export function claimOfName(name: NameWords): Claim | undefined {
  const parsed = parse(name);
  const first = parsed.words[parsed.start];
  if (first !== undefined && QUESTIONS.has(first) && parsed.last > parsed.start)
    return { category: 'Read', strength: 'strong', why: `The name asks: it begins with "${shown(first)}".` };
  const leading = leader(parsed);
  if (leading) return claim(worst([leading, ...joined(parsed, leading)]) ?? leading, 'strong');
  return claimOfInside(parsed) ?? claimOfEdges(parsed);
}

function parse(name: NameWords): Parsed {
  const { words } = name;
  const verbs = placeVerbs(words);
  // `post__orders`: a part that is nothing but a verb is no prefix.
  const start = verbs[0]?.at === 0 && verbs[0].end === 1 && isVerbOnly(name) ? 0 : name.start;
  let last = words.length - 1;
  while (last > start && /^(?:v|\d+)$/.test(words[last] ?? '')) last--;
  return { words, verbs, start, last };
}

function isVerbOnly({ words, start }: NameWords): boolean {
  const verb = start === 1 ? nameVerb(words[0] ?? '') : undefined;
  return verb !== undefined && (verb.strength !== 'edge' || verb.category !== 'Read');
}

/** The verb that the name begins with, or has right after a prefix that is no verb: `hubspot_list_objects`. */
function leader(parsed: Parsed): PlacedVerb | undefined {
  const first = parsed.verbs.find((verb) => verb.at >= parsed.start);
  if (first === undefined) return undefined;
  if (first.at === parsed.start) {
    if (leads(first, parsed)) return endingVerb(first, parsed) ?? first;
    return plainRead(parsed);
  }
  const read = plainRead(parsed);
  if (read) return read;
  const near = first.at <= parsed.start + 2 && first.end <= parsed.last;
  return near && first.strength === 'lead' && !isReadBy(parsed, first) ? first : undefined;
}

/** Whether the first word is surely a verb. */
function leads(verb: PlacedVerb, parsed: Parsed): boolean {
  if (verb.strength === 'strong') return true;
  if (parsed.last < verb.end) return false;
  if (verb.strength === 'lead') return true;
  if (isReadBy(parsed, verb)) return false;
  // `charge_card` charges; `email_templates` may be either.
  return !isPlural(parsed.words[parsed.last] ?? '') || verb.object !== undefined;
}

/** `search_index_delete`: a verb of reading that is a noun as well gives way to a worse one that ends the name. */
function endingVerb(first: PlacedVerb, { verbs, words, last }: Parsed): PlacedVerb | undefined {
  if (first.category !== 'Read' || PLAIN_READS.has(first.word)) return undefined;
  return verbs.find(
    (verb) =>
      verb.at > first.at &&
      verb.end - 1 === last &&
      verb.category !== 'Read' &&
      (isStrong(verb) || (verb.strength === 'lead' && words.length > 2 && !PREPOSITIONS.has(words[verb.at - 1] ?? ''))),
  );
}

function isStrong(verb: PlacedVerb): boolean {
  return verb.strength === 'strong';
}

/** `wallet_get_withdraw_limit` reads, unless a worse verb stands before the reading. */
function plainRead({ verbs, start }: Parsed): PlacedVerb | undefined {
  const read = verbs.find((verb) => verb.at >= start && PLAIN_READS.has(verb.word));
  const before = verbs.some(
    (verb) => read && verb.at < read.at && verb.at >= start && isStrong(verb) && verb.category !== 'Read',
  );
  return before ? undefined : read;
}

/** Verbs that a conjunction adds to the leading one: `create_or_update`, `get_and_delete`, `listAndDelete`; not "and refund" in `payment_and_refund_history`. */
function joined(parsed: Parsed, leading: PlacedVerb): readonly PlacedVerb[] {
  return parsed.verbs.filter(
    (verb) =>
      verb.at > leading.at &&
      CONJUNCTIONS.has(parsed.words[verb.at - 1] ?? '') &&
      (isStrong(verb) || verb.at - 1 === leading.end) &&
      !(verb.category === 'Financial' && readsAtEnd(parsed) !== undefined),
  );
}

/** The worst strong verb, first of the part after the prefix. A noun of what is read outweighs a verb of money. */
function claimOfInside(parsed: Parsed): Claim | undefined {
  const strong = parsed.verbs.filter(isStrong);
  const inside = worst(strong.filter((verb) => verb.at >= parsed.start)) ?? worst(strong);
  const reads = inside?.category === 'Financial' && readsAtEnd(parsed) !== undefined;
  return inside && !reads ? claim(inside, 'strong') : undefined;
}

function claimOfEdges(parsed: Parsed): Claim | undefined {
  const { verbs, words, start, last } = parsed;
  const edge = verbs.find(
    (verb) => verb.at >= start && !isStrong(verb) && verb.category !== 'Read' && mayAct(verb, parsed),
  );
  const read = edge === undefined ? whatIsRead(parsed) : undefined;
  if (read !== undefined) return { category: 'Read', strength: 'weak', why: `The name ${read}.` };
  const verb = edge ?? verbs.find((found) => found.at === start || found.end - 1 === last) ?? verbs[0];
  if (verb) return claim(verb, 'weak');
  const verbal = nameVerb(VERBAL_NOUNS.get(words[last] ?? '') ?? '');
  return verbal && claim({ ...verbal, at: last, end: last + 1 }, 'weak');
}

/** Whether a word that is a noun as well may be the verb here: it has an object, and that is not what a noun has. */
function mayAct(verb: PlacedVerb, parsed: Parsed): boolean {
  const next = parsed.words[verb.end] ?? '';
  return verb.end <= parsed.last && !isReadBy(parsed, verb) && !(verb.at > parsed.start && LISTED.has(next));
}

/** The verb is a noun here, for its last word says what of it is read: `run_history`, `order_book`. */
function isReadBy({ words, last }: Parsed, verb: PlacedVerb): boolean {
  const word = words[last] ?? '';
  if (verb.strength !== 'edge' || last < verb.end) return false;
  if (verb.category === 'Financial') return STATE_NOUNS.has(word) || MARKET_NOUNS.has(word);
  return last === verb.end && STATE_NOUNS.has(word);
}

/** For example `ends with "status"`, `begins with "latest"`. */
function whatIsRead(parsed: Parsed): string | undefined {
  const trailing = readsAtEnd(parsed);
  if (trailing !== undefined) return `ends with "${shown(trailing)}"`;
  const first = parsed.words[parsed.start] ?? '';
  return READ_ADJECTIVES.has(first) && parsed.last > parsed.start ? `begins with "${shown(first)}"` : undefined;
}

function readsAtEnd({ words, last }: Parsed): string | undefined {
  const word = words[last];
  return word !== undefined && READ_NOUNS.has(word) ? word : undefined;
}

function isPlural(word: string): boolean {
  return /[^s]s$/.test(word);
}

function claim(verb: PlacedVerb, strength: Claim['strength']): Claim {
  const where = verb.at === 0 ? 'begins with' : 'holds';
  const object = verb.object === undefined ? '' : ` with "${shown(verb.object)}"`;
  return { category: verb.category, strength, why: `The name ${where} the verb "${shown(verb.word)}"${object}.` };
}

function shown(word: string): string {
  return escapeUntrusted(word.replaceAll('_', ' '), { max: 40 });
}
