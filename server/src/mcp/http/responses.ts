/** What kind of response a server gave to a message, and what it answers. */
import { UpstreamError } from '../errors.ts';
import type { Message, Params, RequestMessage } from '../message.ts';
import type { Answer } from './exchange.ts';

export function isEventStream(response: Answer): boolean {
  return /^text\/event-stream\b/i.test(response.header('content-type') ?? '');
}

export function isJson(response: Answer): boolean {
  return /^application\/json\b/i.test(response.header('content-type') ?? '');
}

export function isDenied(response: Answer): boolean {
  return response.status === 401 || response.status === 403;
}

export function notMcp(url: URL, response: Answer): UpstreamError {
  const type = response.header('content-type') ?? 'nothing';
  const message = `${url.origin} answers, but not with MCP (content type: ${type.slice(0, 60)}). Check the path in "url".`;
  return new UpstreamError('garbage', message, { sent: true, status: response.status });
}

/** A server that could not read the request's id says so by an error without one; there is but one request that it can mean. */
export function asAnswer(message: Message, { id }: RequestMessage): Message {
  return 'error' in message && message.id === undefined ? { ...message, id } : message;
}

/** The revision that a result of `initialize` agrees on, where it is fit for a header. */
export function revisionIn({ protocolVersion: version }: Params): string | undefined {
  return typeof version === 'string' && /^[\w.-]{1,40}$/.test(version) ? version : undefined;
}
