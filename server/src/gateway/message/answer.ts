/** Builds JSON-RPC answers, and writes messages as text. */
import type { ErrorMessage, Message, MessageId, Params, ResultMessage } from '../../mcp/message.ts';

/** JSON-RPC 2.0 section 5.1; from −32020 on those of MCP (specification 2026-07-28, "Error Codes"). */
export const errorCodes = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  /** The upstream cannot be reached, died, or was too slow. */
  upstream: -32000,
  /** Headers do not say what the body says. */
  headerMismatch: -32020,
  missingCapability: -32021,
  unsupportedRevision: -32022,
} as const;

export function errorAnswer(id: MessageId | undefined, code: number, message: string, data?: unknown): ErrorMessage {
  const error = data === undefined ? { code, message } : { code, message, data };
  return id === undefined ? { jsonrpc: '2.0', error } : { jsonrpc: '2.0', id, error };
}

export function resultAnswer(id: MessageId, result: Params): ResultMessage {
  return { jsonrpc: '2.0', id, result };
}

/** Texts of results that are sent more than once. */
const keptTexts = new WeakMap<Params, string>();

/** Has `result` written as text once for all answers that bear it. It must not be changed any more. */
export function keepText(result: Params): Params {
  keptTexts.set(result, JSON.stringify(result));
  return result;
}

/** An error without a readable id carries `null` on the wire (JSON-RPC 2.0 section 5). */
export function writeMessage(message: Message): string {
  const kept = 'result' in message ? keptTexts.get(message.result) : undefined;
  if (kept !== undefined && 'result' in message)
    return `{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":${kept}}`;
  return JSON.stringify('error' in message && message.id === undefined ? { ...message, id: null } : message);
}
