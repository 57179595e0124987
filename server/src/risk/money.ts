/** Money: a noun of trading or billing with a verb that commits to it. "List invoices" is no financial act; "finalize invoice" is. */
import { escapeUntrusted } from '../catalog/escape.ts';
import type { Claim } from './claim.ts';
import { leadingWords } from './description.ts';
import type { Parameters } from './parameters.ts';
import { COMMIT_VERBS, MAYBE_MONEY_NOUNS, MESSAGE_CONTEXT, MONEY_CONTEXT, MONEY_NOUNS } from './vocabulary/nouns.ts';
import { splitWords } from './words.ts';

export interface MoneyInput {
  readonly nameWords: readonly string[];
  /** Plain text (words.ts). */
  readonly description: string;
  readonly parameters: Parameters;
}

/** The claim that the tool moves money or commits to it: a verb of commitment with a money noun, in its name or at the start of its description. */
export function claimOfMoney(input: MoneyInput): Claim | undefined {
  const named = commitment(input.nameWords, input);
  if (named) return claim('name', named);
  const described = leadingWords(input.description, 6);
  const lead = described[0];
  const inText = lead !== undefined && COMMIT_VERBS.has(lead) ? commitment(described, input) : undefined;
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
  const noun = objects.find((word) => isMoney(word, input));
  return noun === undefined ? undefined : { verb, noun };
}

function isMoney(word: string, input: MoneyInput): boolean {
  if (MONEY_NOUNS.has(word)) return true;
  if (/^subscriptions?$/.test(word)) return contextWords(input).every((near) => !MESSAGE_CONTEXT.has(near));
  return (
    MAYBE_MONEY_NOUNS.has(word) && new Set(contextWords(input).filter((near) => MONEY_CONTEXT.has(near))).size >= 2
  );
}

/** The words of the name, the first sentences and the parameters. */
function contextWords(input: MoneyInput): readonly string[] {
  return [
    ...input.nameWords,
    ...splitWords(input.description.slice(0, 300)),
    ...input.parameters.list.flatMap((parameter) => [
      parameter.plain.replaceAll('_', ''),
      ...parameter.plain.split('_'),
    ]),
  ];
}

function claim(where: 'name' | 'description', found: Commitment): Claim {
  const why = `The ${where} joins "${shown(found.verb)}" with "${shown(found.noun)}", a word of money.`;
  return { category: 'Financial', strength: 'strong', why };
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 40 });
}
