/** A transport whose server's messages arrive redacted, whichever way they go from there. What was replaced is counted, never kept. */
import type { ErrorMessage, Message, MessageId, Params, ResponseMessage } from '../../mcp/message.ts';
import type { Transport } from '../../mcp/transport.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { TooLarge, type Redaction } from '../message/redaction.ts';

/** Their answers say what there is and under which names it can be had. */
const EXEMPT: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
]);

/** By the result or the error of the response. */
const counts = new WeakMap<object, number>();

/** How many places of a response were redacted when it arrived. */
export function redactionsIn(response: ResponseMessage): number {
  return counts.get('result' in response ? response.result : response.error) ?? 0;
}

/** A result that says in its `_meta` how many places of it were redacted. */
export function withRedactionCount(result: Params, count: number): Params {
  if (count === 0) return result;
  const meta = result['_meta'];
  const kept = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : {};
  return { ...result, _meta: { ...kept, 'portcullis/redacted': count } };
}

export function redacting(transport: Transport, redaction: Redaction): Transport {
  const exempt = new Set<MessageId>();
  const redacted: Transport = {
    isHttp: transport.isHttp ?? false,
    get hearing() {
      return transport.hearing;
    },
    get keepsEvents() {
      return transport.keepsEvents ?? false;
    },
    start: () => transport.start(),
    close: () => transport.close(),
    setProtocolVersion: (version) => transport.setProtocolVersion?.(version),
    send(message, options) {
      if ('method' in message && 'id' in message && EXEMPT.has(message.method)) exempt.add(message.id);
      return transport.send(message, options);
    },
  };
  transport.onclose = (reason) => redacted.onclose?.(reason);
  transport.onerror = (error) => redacted.onerror?.(error);
  transport.onpostponed = (about) => redacted.onpostponed?.(about);
  transport.onmessage = (message, about) => {
    const isExempt = !('method' in message) && message.id !== undefined && exempt.delete(message.id);
    const passed = isExempt ? message : redactedOrRefused(message, redaction, transport);
    if (passed) redacted.onmessage?.(passed, about);
  };
  return redacted;
}

const WITHHELD = "The server's message is withheld: it is too large to be redacted.";

/** `undefined`: it must not arrive. */
function redactedOrRefused(message: Message, redaction: Redaction, transport: Transport): Message | undefined {
  try {
    return redactMessage(message, redaction);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    if (!('method' in message)) return errorAnswer(message.id, errorCodes.internal, WITHHELD);
    if ('id' in message) {
      const refusal = errorAnswer(message.id, errorCodes.internal, 'The request is too large to be redacted.');
      transport.send(refusal).catch((failure: unknown) => transport.onerror?.(failure as Error));
    }
    return undefined;
  }
}

function redactMessage(message: Message, redaction: Redaction): Message {
  if ('result' in message) {
    const { value, count } = redaction.apply(message.result);
    if (count > 0) counts.set(value, count);
    return count === 0 ? message : { ...message, result: value };
  }
  if ('error' in message) return redactError(message, redaction);
  if (!message.params) return message;
  return { ...message, params: redactParams(message.params, redaction, !('id' in message)) };
}

function redactError(message: ErrorMessage, redaction: Redaction): ErrorMessage {
  const { data, message: text, ...rest } = message.error;
  const sentence = redaction.apply(text);
  const free = redaction.apply(data, true);
  const error = { ...rest, message: sentence.value, ...(data === undefined ? {} : { data: free.value }) };
  counts.set(error, sentence.count + free.count);
  return { ...message, error };
}

/** A notification names by `uri` what the client itself has asked to hear of, and has in `data` what it has to say. */
function redactParams(params: Params, redaction: Redaction, isNotification: boolean): Params {
  if (!isNotification) return redaction.apply(params).value;
  const { uri, data, ...rest } = params;
  return {
    ...redaction.apply(rest).value,
    ...(uri === undefined ? {} : { uri }),
    ...(data === undefined ? {} : { data: redaction.apply(data, true).value }),
  };
}
