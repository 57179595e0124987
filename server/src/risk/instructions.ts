/** Finds text that speaks to the model instead of describing the tool: hidden characters, orders, excessive length; in the name, the descriptions and the schema. */
import { escapeUntrusted, hiddenCharacters } from '../catalog/escape.ts';
import { skeleton } from '../catalog/confusable.ts';
import { remembering } from '../catalog/remembering.ts';
import type { Tool } from '../catalog/tool.ts';
import type { Parameters } from './parameters.ts';
import type { Signal } from './verdict.ts';
import { ORDERS, ORDERS_HOLD } from './vocabulary/texts.ts';

/** No honest description needs more. */
const LONG_DESCRIPTION = 8_000;

/** Signals that a text works on its reader. `disguised`: the name holds letters that pass for others. */
export function textSignals(tool: Tool, parameters: Parameters, disguised: boolean): readonly Signal[] {
  const signals: Signal[] = [];
  const title: unknown = (tool.annotations as { readonly title?: unknown } | null | undefined)?.title;
  check(signals, 'the name', tool.name);
  check(signals, 'the title', tool.title);
  check(signals, 'the description', tool.description);
  check(signals, 'the title of the annotations', title);
  for (const { name, description } of parameters.list) {
    check(signals, 'the name of a parameter', name);
    if (isSuspicious(description)) report(signals, `the description of "${shown(name)}"`, description);
  }
  if (disguised) add(signals, `letters in the name that pass for others: "${shown(tool.name)}"`);
  const length = typeof tool.description === 'string' ? tool.description.length : 0;
  if (length > LONG_DESCRIPTION) add(signals, `a description of ${length} characters`);
  return signals;
}

function check(signals: Signal[], where: string, text: unknown): void {
  if (typeof text !== 'string' || !isSuspicious(text)) return;
  report(signals, where, text);
}

function report(signals: Signal[], where: string, text: string): void {
  const hidden = hiddenCharacters(text);
  if (hidden.length > 0) add(signals, `hidden characters in ${where}: ${hidden.map(shown).join(' ')}`);
  // Spelled with look-alike letters it is an order too.
  const plain = skeleton(text.slice(0, LONG_DESCRIPTION));
  const order = ORDERS_HOLD.test(plain) ? ORDERS.exec(plain)?.[0] : undefined;
  if (order !== undefined) add(signals, `speaks to the model in ${where}: "${shown(order)}"`);
}

/** A quick look, for most texts hold nothing: one beyond plain ASCII, or with what every order holds. */
const isSuspicious = remembering((text) => BEYOND_PLAIN.test(text) || ORDERS_HOLD.test(text), { longest: 256 });
const BEYOND_PLAIN = /[^\t\n\r\u0020-\u007E]/;

function add(signals: Signal[], text: string): void {
  signals.push({ code: 'hidden-text', text });
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 80 });
}
