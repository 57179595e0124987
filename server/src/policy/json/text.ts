/**
 * From what arrived (bytes or a string) to the text that is read: size, UTF-8 and byte order mark (policy language §1).
 * A string is measured as the UTF-8 it would take, so that both forms have one limit.
 */
import type { JsonProblem } from './node.ts';

const BYTE_ORDER_MARK = 0xfeff;

/** The text of `source`, or the one problem that makes it unreadable. */
export function decodeText(source: string | Uint8Array, maxBytes: number): string | JsonProblem {
  if (sizeExceeds(source, maxBytes)) return tooLarge(maxBytes);
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  if (text === undefined) {
    return encodingProblem(0, 'The text is not valid UTF-8. Save the file as UTF-8 without a byte order mark.');
  }
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) {
    return encodingProblem(1, 'The text begins with a byte order mark. Save the file as UTF-8 without one.');
  }
  return text;
}

/** The same text on its own: a part of a text, as V8 keeps it, holds on to the whole. For parts that outlive a version of a document. */
export function ownCopy(part: string): string {
  return ` ${part}`.slice(1);
}

/** Bytes that `text` takes in UTF-8; a lone surrogate counts three, as its replacement character. Native and without a copy of the whole. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length;) {
    const { read, written } = encoder.encodeInto(text.slice(at), scratch);
    at += read;
    bytes += written;
  }
  return bytes;
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(64 * 1024);

/** Whether `text` takes more than `maxBytes` in UTF-8. Counts only when the length alone does not tell. */
export function isLongerThan(text: string, maxBytes: number): boolean {
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && utf8Length(text) > maxBytes;
}

function sizeExceeds(source: string | Uint8Array, maxBytes: number): boolean {
  return typeof source === 'string' ? isLongerThan(source, maxBytes) : source.byteLength > maxBytes;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tooLarge(maxBytes: number): JsonProblem {
  const message = `The document is larger than ${sizeInWords(maxBytes)}. Split it or make it smaller.`;
  return { code: 'json-too-large', message, start: 0, end: 0 };
}

function encodingProblem(end: number, message: string): JsonProblem {
  return { code: 'json-encoding', message, start: 0, end };
}

function sizeInWords(bytes: number): string {
  const mebibytes = bytes / (1024 * 1024);
  return Number.isInteger(mebibytes) ? `${mebibytes} MiB` : `${bytes} bytes`;
}
