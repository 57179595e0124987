/** Ways in which servers read what reaches them. Text that a way cannot read is nothing to a server that reads so. */
import { readLeniently, type Leniency } from './lenientJson.ts';

const same = (value: string): string => value;
const caseless = (value: string): string => value.toLowerCase().replaceAll('\u017f', 's').replaceAll('\u212a', 'k');
const compatible = (value: string): string => caseless(value.normalize('NFKC'));
/** Up to a NUL, as C sees it, and without white space and characters that nobody sees. */
const trimmed = (value: string): string => (value.split('\u0000')[0] ?? '').replace(/[\s\p{Cf}\p{Cc}]+/gu, '');
const unescaped = (value: string): string =>
  value
    .replace(/\\u([0-9a-fA-F]{4})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/%([0-9a-fA-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));

const leniently =
  (winner: Leniency['winner'], fold: Leniency['fold'], number?: Leniency['number']) =>
  (text: string): unknown =>
    readLeniently(text, { winner, fold, ...(number ? { number } : {}) });

/** Name → reading of one message. Throws where it cannot be read so. */
export const lenses: Readonly<Record<string, (text: string) => unknown>> = {
  'JSON.parse': (text) => JSON.parse(text) as unknown,
  'last key wins': leniently('last', same),
  'first key wins': leniently('first', same),
  'case folded, last wins': leniently('last', caseless),
  'case folded, first wins': leniently('first', caseless),
  'NFKC folded, last wins': leniently('last', compatible),
  'NFKC folded, first wins': leniently('first', compatible),
  'trimmed at NUL and white space, last wins': leniently('last', trimmed),
  'trimmed at NUL and white space, first wins': leniently('first', trimmed),
  'escapes read twice': leniently('last', unescaped),
  'numbers as exact decimals': leniently('last', same, rounded),
  'as UTF-16': (text) => JSON.parse(Buffer.from(text).toString('utf16le')) as unknown,
  'as Latin-1': (text) => JSON.parse(Buffer.from(text).toString('latin1')) as unknown,
};

/** The double next to 10 on the side where the decimal lies, so that 10.000000000000000001 counts as more than 10. */
function rounded(text: string): number {
  const value = Number(text);
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
  return value === 10 && digits !== '1' && digits[0] === '1' ? 10.5 : value;
}

/** What a server sees that takes each of these for the end of a message. */
export function fragmentsOf(text: string): readonly string[] {
  return text.split(/[\n\r\u000b\u000c\u0085\u2028\u2029\u0000]+/);
}
