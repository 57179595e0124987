/** Answers the request whose response was too large to be read, so that whoever asked does not wait for ever. */
import type { ErrorMessage, MessageId } from './message.ts';

/** JSON-RPC's range for errors of an implementation. */
const TOO_LARGE = -32000;

/** `undefined` when no id can be made out at either end. The upstream could answer any id with an error anyway, so a guess does no harm. */
export function oversizeAnswer(head: string, tail: string, maxBytes: number): ErrorMessage | undefined {
  const id = readId(/"id"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)\s*\}?\s*$/.exec(tail)?.[1] ?? leadingId(head));
  if (id === undefined) return undefined;
  const message = `The server's answer is larger than ${formatBytes(maxBytes)}, so it was dropped. Ask for less at once.`;
  return { jsonrpc: '2.0', id, error: { code: TOO_LARGE, message } };
}

export function formatBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MiB` : `${bytes} bytes`;
}

/** Only before `result`: an `id` inside the result is data. */
function leadingId(head: string): string | undefined {
  const before = /^[^{]*\{(.*?)"(?:result|error|method)"/s.exec(head)?.[1];
  return before === undefined ? undefined : /"id"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)/.exec(before)?.[1];
}

function readId(text: string | undefined): MessageId | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  // Ids that were minted here need no unescaping.
  return text.slice(1, -1);
}
