/** What a tool's name claims. The strongest single evidence: servers name tools for what they do. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { worst, type Claim } from './claim.ts';
import { nameVerb, type Verb } from './verbs.ts';
import { CONJUNCTIONS, PLAIN_READS, READ_NOUNS } from './vocabulary/verbs.ts';
import type { NameWords } from './words.ts';

interface PlacedVerb extends Verb {
  readonly at: number;
}

/**
 * The category that the verbs of a name give. The first word wins, with what "and" or "or" joins to it; else a plain verb of reading, for what follows it is
 * its object; else the worst strong verb anywhere; else a word at either edge that is a verb as well as a noun, which is a weak claim.
 */
export function claimOfName(name: NameWords): Claim | undefined {
  const verbs = placeVerbs(name);
  const leading =
    verbs.find((verb) => verb.at === name.start && isStrong(verb)) ??
    leadingNoun(name, verbs) ??
    plainRead(name, verbs);
  if (leading) return claim(worst([leading, ...joined(name, verbs)]) ?? leading, 'strong');
  const inside =
    worst(verbs.filter((verb) => isStrong(verb) && verb.at >= name.start)) ?? worst(verbs.filter(isStrong));
  const trailing = readsAtEnd(name);
  if (inside && !(inside.category === 'Financial' && trailing !== undefined)) return claim(inside, 'strong');
  if (trailing !== undefined)
    return { category: 'Read', strength: 'weak', why: `The name ends with "${shown(trailing)}".` };
  const edge = verbs.find((verb) => verb.at === lastWord(name) || verb.at === name.start);
  return edge && claim(edge, 'weak');
}

/** The verbs among the words; in `mark_all_read` nothing is read. */
function placeVerbs(name: NameWords): readonly PlacedVerb[] {
  return name.words.flatMap((word, at) => {
    const verb = word === 'read' && name.words.includes('mark') ? undefined : nameVerb(word);
    return verb ? [{ ...verb, at }] : [];
  });
}

function isStrong(verb: Verb): boolean {
  return verb.strength === 'strong';
}

/**
 * The first word where it may be a noun: `set_status` sets, `order_history` is read, and of `status_update` or `list_delete` the last word is the verb.
 */
function leadingNoun(name: NameWords, verbs: readonly PlacedVerb[]): PlacedVerb | undefined {
  const first = verbs.find((verb) => verb.at === name.start);
  const last = lastWord(name);
  if (first === undefined || last === name.start) return undefined;
  if (first.category === 'Read' && verbs.some((verb) => verb.at === last && isStrong(verb) && verb.category !== 'Read'))
    return undefined;
  if (first.strength === 'lead') return first;
  const later = verbs.some((verb) => verb.at > first.at && isStrong(verb));
  return later || readsAtEnd(name) !== undefined ? undefined : first;
}

/** `wallet_get_withdraw_limit` reads, unless the name begins with a worse verb (found before) or puts one before the reading. */
function plainRead(name: NameWords, verbs: readonly PlacedVerb[]): PlacedVerb | undefined {
  const read = verbs.find((verb) => verb.at >= name.start && PLAIN_READS.has(verb.word));
  const before = verbs.some(
    (verb) => read && verb.at < read.at && verb.at >= name.start && isStrong(verb) && verb.category !== 'Read',
  );
  return before ? undefined : read;
}

/** Verbs that a conjunction adds to the first one: `create_or_update`, `get_and_delete`; not "and refund" in `payment_and_refund_history`. */
function joined(name: NameWords, verbs: readonly PlacedVerb[]): readonly PlacedVerb[] {
  const reads = readsAtEnd(name) !== undefined;
  return verbs.filter(
    (verb) =>
      verb.at > 0 && CONJUNCTIONS.has(name.words[verb.at - 1] ?? '') && !(reads && verb.category === 'Financial'),
  );
}

/** Where the last word stands that is not a version: `history_v2`. */
function lastWord(name: NameWords): number {
  let at = name.words.length - 1;
  while (at > name.start && /^(?:v|\d+)$/.test(name.words[at] ?? '')) at--;
  return at;
}

function readsAtEnd(name: NameWords): string | undefined {
  const at = lastWord(name);
  const last = name.words[at];
  return last !== undefined && at > 0 && READ_NOUNS.has(last) ? last : undefined;
}

function claim(verb: PlacedVerb, strength: Claim['strength']): Claim {
  const where = verb.at === 0 ? 'begins with' : 'holds';
  return { category: verb.category, strength, why: `The name ${where} the verb "${shown(verb.word)}".` };
}

function shown(word: string): string {
  return escapeUntrusted(word, { max: 40 });
}
