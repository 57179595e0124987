/** Money: a noun of trading or billing with a verb that commits to it. "List invoices" is no financial act; "finalize invoice" is. */
import { escapeUntrusted } from '../catalog/escape.ts';
import type { Claim } from './claim.ts';
import type { Description } from './description.ts';
import type { Parameters } from './parameters.ts';
import {
  COMMIT_VERBS,
  MAYBE_MONEY_NOUNS,
  MESSAGE_CONTEXT,
  MONEY_CONTEXT,
  MONEY_NOUNS,
  ORDERED_NOUNS,
  ORDERING_VERBS,
  OTHER_ORDERS,
} from './vocabulary/nouns.ts';
import { splitWords } from './words.ts';

export interface MoneyInput {
  readonly nameWords: readonly string[];
  readonly description: Description;
  readonly parameters: Parameters;
}

/** A claim that the tool moves money or commits to it. */
export interface MoneyClaim extends Claim {
  /** The name itself says so: then no other word makes it a reading tool. */
  readonly named: boolean;
}

/** By a verb of commitment with a money noun, in the name or at the start of the description. */
export function claimOfMoney(input: MoneyInput): MoneyClaim | undefined {
  const named = commitment(input.nameWords, input);
  if (named) return claim('name', named);
  const { opening } = input.description;
  const inText = COMMIT_VERBS.has(opening[0] ?? '') ? commitment(opening, input) : undefined;
  return inText && claim('description', inText);
}

interface Commitment {
  readonly verb: string;
  readonly noun: string;
}

/** The noun follows the verb (`create_invoice`), or the verb ends the name (`invoice_create`). */
function commitment(words: readonly string[], input: MoneyInput): Commitment | undefined {
  const at = words.findIndex((word) => COMMIT_VERBS.has(word));
  const verb = words[at];
  if (verb === undefined) return undefined;
  const objects = at === words.length - 1 ? words.slice(0, at) : words.slice(at + 1);
  const noun = orderedNoun(verb, objects) ?? objects.find((word, index) => isMoney(word, objects[index + 1], input));
  return noun === undefined ? undefined : { verb, noun };
}

/** `create_order` orders, unless the name says that it is about another order: `create_sort_order`, `create_order_note`. */
function orderedNoun(verb: string, objects: readonly string[]): string | undefined {
  const head = objects.findLast((word) => !/^(?:v|\d+)$/.test(word));
  const orders = head !== undefined && ORDERED_NOUNS.has(head) && ORDERING_VERBS.has(verb);
  return orders && !objects.some((word) => OTHER_ORDERS.has(word)) ? head : undefined;
}

function isMoney(word: string, next: string | undefined, input: MoneyInput): boolean {
  if (MONEY_NOUNS.has(word) || (next !== undefined && MONEY_NOUNS.has(`${word}_${next}`))) return true;
  if (word === 'subscription' || word === 'subscriptions') return !isAboutMessages(input);
  return MAYBE_MONEY_NOUNS.has(word) && hasMoneyContext(input);
}

function isAboutMessages(input: MoneyInput): boolean {
  const about = (near: string): boolean => MESSAGE_CONTEXT.has(near);
  return (
    input.nameWords.some(about) ||
    input.parameters.list.some(({ plain }) => plain.split('_').some(about)) ||
    openingWords(input).some(about)
  );
}

/** Two different words of trading or billing. */
function hasMoneyContext(input: MoneyInput): boolean {
  let first: string | undefined;
  const isSecond = (near: string): boolean => {
    if (!MONEY_CONTEXT.has(near)) return false;
    first ??= near;
    return near !== first;
  };
  return (
    input.nameWords.some(isSecond) ||
    input.parameters.list.some(({ plain }) => plain.split('_').some(isSecond) || isSecond(plain.replaceAll('_', ''))) ||
    openingWords(input).some(isSecond)
  );
}

/** The words of the first sentences. */
function openingWords({ description }: MoneyInput): readonly string[] {
  return splitWords(description.text.slice(0, 300));
}

function claim(where: 'name' | 'description', found: Commitment): MoneyClaim {
  const why = `The ${where} joins "${shown(found.verb)}" with "${shown(found.noun)}", a word of money.`;
  return { category: 'Financial', strength: 'strong', named: where === 'name', why };
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 40 });
}
