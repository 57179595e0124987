/** Looks verbs up in the vocabulary, also in the inflected forms of descriptions. */
import { CATEGORIES, type Category } from '../policy/vocabulary.ts';
import { worst } from './claim.ts';
import { VERB_TABLE } from './vocabulary/verbs.ts';

export interface Verb {
  /** The word as the vocabulary has it. */
  readonly word: string;
  readonly category: Category;
  readonly strength: 'strong' | 'lead' | 'edge' | 'text';
}

function readTable(): readonly Verb[] {
  return CATEGORIES.flatMap((category) =>
    (['strong', 'lead', 'edge', 'text'] as const).flatMap((strength) =>
      VERB_TABLE[category][strength]
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word) => ({ word, category, strength })),
    ),
  );
}

const VERBS = readTable();

/** A word may stand in several lines of the vocabulary: a strong entry counts before the others, then the worse category. */
function index(verbs: readonly Verb[], formsOf: (verb: Verb) => readonly string[]): ReadonlyMap<string, Verb> {
  const found = new Map<string, Verb[]>();
  for (const verb of verbs) {
    for (const form of formsOf(verb)) {
      const known = found.get(form);
      if (known) known.push(verb);
      else found.set(form, [verb]);
    }
  }
  const best = (candidates: readonly Verb[]): Verb | undefined =>
    worst(candidates.filter((verb) => verb.strength === 'strong')) ?? worst(candidates);
  return new Map(
    [...found]
      .flatMap(([form, candidates]) => [[form, best(candidates)]] as [string, Verb | undefined][])
      .filter(hasVerb),
  );
}

function hasVerb(entry: [string, Verb | undefined]): entry is [string, Verb] {
  return entry[1] !== undefined;
}

const NAME_VERBS = index(
  VERBS.filter((verb) => verb.strength !== 'text'),
  (verb) => [verb.word],
);
const TEXT_VERBS = index(VERBS, (verb) => inflections(verb.word));

/** The verb that a word of a name is. */
export function nameVerb(word: string): Verb | undefined {
  return NAME_VERBS.get(word);
}

/** The verb that a word of a description is a form of, in lower case. */
export function textVerb(word: string): Verb | undefined {
  return TEXT_VERBS.get(word);
}

/** delete, deletes, deleting; copies, copying; run, runs, running. */
function inflections(verb: string): readonly string[] {
  const stem = verb.replace(/e$/, '');
  const forms = [verb, `${verb}s`, `${verb}es`, `${stem}ing`, `${verb}ing`];
  if (verb.endsWith('y')) forms.push(`${verb.slice(0, -1)}ies`);
  if (/[^aeiou][aeiou][bdgklmnpt]$/.test(verb)) forms.push(`${verb}${verb.slice(-1)}ing`);
  return forms;
}
