/** Looks verbs up in the vocabulary: as they stand in names, and in the inflected forms of descriptions. */
import { CATEGORIES, type Category } from '../policy/vocabulary.ts';
import { worst } from './claim.ts';
import { VERB_TABLE } from './vocabulary/verbs.ts';

export interface Verb {
  /** The word as the vocabulary has it; several words are joined with `_`. */
  readonly word: string;
  readonly category: Category;
  readonly strength: 'strong' | 'lead' | 'edge' | 'text';
}

const VERBS: readonly Verb[] = CATEGORIES.flatMap((category) =>
  (['strong', 'lead', 'edge', 'text'] as const).flatMap((strength) =>
    VERB_TABLE[category][strength]
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => ({ word, category, strength })),
  ),
);

/** A word may stand in several lines of the vocabulary: a strong entry counts before the others, then the worse category. */
function index(verbs: readonly Verb[], formsOf: (verb: Verb) => readonly string[]): ReadonlyMap<string, Verb> {
  const found = new Map<string, Verb>();
  for (const verb of verbs) {
    for (const form of formsOf(verb)) {
      const known = found.get(form);
      found.set(form, known === undefined ? verb : stronger(known, verb));
    }
  }
  return found;
}

function stronger(a: Verb, b: Verb): Verb {
  const strong = [a, b].filter((verb) => verb.strength === 'strong');
  return worst(strong) ?? worst([a, b]) ?? a;
}

/** Names derive verbs from others: `unresolve`, `recreate`. */
const NAME_VERBS = index(
  VERBS.filter((verb) => verb.strength !== 'text'),
  (verb) => [...spellings(verb.word), ...derived(verb)],
);
const TEXT_VERBS = index(VERBS, (verb) => spellings(verb.word).flatMap(inflections));

/** The verb that a word of a name is, in lower case; several words joined with `_`. */
export function nameVerb(word: string): Verb | undefined {
  return NAME_VERBS.get(word);
}

/** All verbs of several words. */
export function verbPhrases(): readonly string[] {
  return [...NAME_VERBS.keys()].filter((word) => word.includes('_'));
}

/** The verb that a word of a description is a form of, in lower case. */
export function textVerb(word: string): Verb | undefined {
  return TEXT_VERBS.get(word);
}

const FIRST_OF_SEVERAL = new Set(
  [...TEXT_VERBS.keys()].flatMap((form) => (form.includes('_') ? form.split('_', 1) : [])),
);

/** The verb that two words of a description are: "looks up". */
export function textPhrase(first: string, second: string): Verb | undefined {
  return FIRST_OF_SEVERAL.has(first) ? TEXT_VERBS.get(`${first}_${second}`) : undefined;
}

/** Undoing a change is a change, and so is making it again; to read again (`review`) is another word. */
function derived({ word, category, strength }: Verb): readonly string[] {
  if (category === 'Read' || strength === 'edge' || word.includes('_')) return [];
  const undo = category === 'Write' ? [`un${word}`] : [];
  return strength === 'strong' ? [...undo, `re${word}`] : undo;
}

/** organize and organise. */
function spellings(verb: string): readonly string[] {
  return verb.endsWith('ize') ? [verb, `${verb.slice(0, -3)}ise`] : [verb];
}

/** delete, deletes, deleting; copies, copying; run, runs, running. Of several words the first is inflected: looks_up. */
function inflections(verb: string): readonly string[] {
  const [first = '', ...others] = verb.split('_');
  const rest = others.map((word) => `_${word}`).join('');
  const stem = first.replace(/e$/, '');
  const forms = [first, `${first}s`, `${first}es`, `${stem}ing`, `${first}ing`];
  if (first.endsWith('y')) forms.push(`${first.slice(0, -1)}ies`);
  if (/[^aeiou][aeiou][bdgklmnpt]$/.test(first)) forms.push(`${first}${first.slice(-1)}ing`);
  return forms.map((form) => form + rest);
}
