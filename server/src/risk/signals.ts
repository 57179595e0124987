/** Signals of names and texts: facts that a person weighs beside a tool's category. Each is computable and quotes what it saw. */
import { hiddenCharacters, escapeUntrusted } from '../catalog/escape.ts';
import type { Tool } from '../catalog/tool.ts';
import type { Parameters } from './parameters.ts';
import type { Signal } from './verdict.ts';
import { SECRET_NOUNS } from './vocabulary/nouns.ts';
import { ADMIN_WORDS, BULK_WORDS, INSTRUCTIONS, VISIBLE_WORDS } from './vocabulary/texts.ts';

const MANY_PARAMETERS = 10;
/** No honest description needs more. */
const LONG_DESCRIPTION = 8_000;

export function nameSignals(words: readonly string[], parameters: Parameters): readonly Signal[] {
  const signals: Signal[] = [];
  const add = (code: Signal['code'], vocabulary: ReadonlySet<string>, what: string): void => {
    const word = words.find((candidate) => vocabulary.has(candidate));
    if (word !== undefined) signals.push({ code, text: `${what}: "${shown(word)}" in the name` });
  };
  add('credentials', SECRET_NOUNS, 'handles credentials');
  add('bulk', BULK_WORDS, 'acts on many things at once');
  add('admin', ADMIN_WORDS, 'reaches a whole account or system');
  add('visible-to-others', VISIBLE_WORDS, 'visible to others');
  if (parameters.count >= MANY_PARAMETERS)
    signals.push({ code: 'many-parameters', text: `${parameters.count} parameters` });
  return signals;
}

/** Signals that a text works on its reader: hidden characters, orders to the model, excessive length. */
export function textSignals(tool: Tool, nameLooksOdd: boolean): readonly Signal[] {
  const signals: Signal[] = [];
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['name', tool.name],
    ['title', tool.title],
    ['description', tool.description],
  ];
  for (const [where, text] of texts) {
    const hidden = typeof text === 'string' ? hiddenCharacters(text) : [];
    if (hidden.length > 0) {
      signals.push({
        code: 'hidden-text',
        text: `hidden characters in the ${where}: ${hidden.map((character) => shown(character)).join(' ')}`,
      });
    }
  }
  if (nameLooksOdd)
    signals.push({ code: 'hidden-text', text: `letters in the name that pass for others: "${shown(tool.name)}"` });
  const description = typeof tool.description === 'string' ? tool.description : '';
  const order = INSTRUCTIONS.exec(description.slice(0, LONG_DESCRIPTION))?.[0];
  if (order !== undefined) signals.push({ code: 'hidden-text', text: `speaks to the model: "${shown(order)}"` });
  if (description.length > LONG_DESCRIPTION)
    signals.push({ code: 'hidden-text', text: `a description of ${description.length} characters` });
  return signals;
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 80 });
}
