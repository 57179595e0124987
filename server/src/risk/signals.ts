/** Signals of names: facts that a person weighs beside a tool's category. Each quotes what it saw. */
import { escapeUntrusted } from '../catalog/escape.ts';
import type { Parameters } from './parameters.ts';
import type { Signal } from './verdict.ts';
import { SECRET_NOUNS } from './vocabulary/nouns.ts';
import { ADMIN_WORDS, BULK_WORDS, VISIBLE_WORDS } from './vocabulary/texts.ts';

const MANY_PARAMETERS = 10;

const NAME_SIGNALS: readonly { code: Signal['code']; words: ReadonlySet<string>; what: string }[] = [
  { code: 'credentials', words: SECRET_NOUNS, what: 'handles credentials' },
  { code: 'bulk', words: BULK_WORDS, what: 'acts on many things at once' },
  { code: 'admin', words: ADMIN_WORDS, what: 'reaches a whole account or system' },
  { code: 'visible-to-others', words: VISIBLE_WORDS, what: 'visible to others' },
];
const SIGNAL_WORDS = new Set(NAME_SIGNALS.flatMap(({ words }) => [...words]));

export function nameSignals(words: readonly string[], parameters: Parameters): readonly Signal[] {
  const signals: Signal[] = [];
  const telling = words.filter((word) => SIGNAL_WORDS.has(word));
  for (const { code, words: vocabulary, what } of telling.length > 0 ? NAME_SIGNALS : []) {
    const word = telling.find((candidate) => vocabulary.has(candidate));
    if (word !== undefined)
      signals.push({ code, text: `${what}: "${escapeUntrusted(word, { max: 80 })}" in the name` });
  }
  if (parameters.count >= MANY_PARAMETERS)
    signals.push({ code: 'many-parameters', text: `${parameters.count} parameters` });
  return signals;
}
