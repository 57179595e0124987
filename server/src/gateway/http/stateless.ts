/** Streamable HTTP of the modern era (specification 2026-07-28): every POST stands for itself, on the same endpoint as the sessions of old. */
import type { ErrorMessage } from '../../mcp/message.ts';
import { MODERN_REVISION, isLegacyRevision } from '../../mcp/revision.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { claimOf, readEnvelope, unsupported } from '../message/envelope.ts';
import type { Incoming, IncomingRequest, ReadFrame } from '../message/frame.ts';
import { recordInvalid, refusedBatch } from '../rules/invalidRequest.ts';
import { shownBy, type GovernedServer, type Grant } from '../session/server.ts';
import { Conversation, type Inspect } from '../stateless/conversation.ts';
import { Subscriptions } from '../stateless/subscription.ts';
import type { Exchange } from './exchange.ts';
import type { Headers } from './headers.ts';

import { parameterMismatch, standardMismatch } from './mirroredHeaders.ts';
import { refuseMessage } from './refuse.ts';
import { StatelessReply } from './statelessReply.ts';

const MAX_RUNNING = 4096;

/** Whether the request says, in its body or its headers, that it is of no session. */
export function isStateless({ messages }: ReadFrame, headers: Headers): boolean {
  return namesModernRevision(headers) || messages.some((message) => claimIn(message) !== undefined);
}

/** A revision of which this gateway knows no session. */
export function namesModernRevision(headers: Headers): boolean {
  const version = headers.get('mcp-protocol-version');
  return version !== undefined && !isLegacyRevision(version) && !headers.has('mcp-session-id');
}

function claimIn(message: Incoming): unknown {
  return message.kind === 'request' || message.kind === 'notification' ? claimOf(message.params) : undefined;
}

export class StatelessRequests {
  readonly subscriptions = new Subscriptions();
  #running = 0;

  receive(exchange: Exchange, frame: ReadFrame): void {
    const { response, server, grant } = exchange;
    const conversation = new Conversation({ server, grant, name: grant.id, subscriptions: this.subscriptions });
    const [message] = frame.messages;
    if (!message || frame.batch || message.kind === 'response' || message.kind === 'refused') {
      const refused =
        message?.kind === 'refused'
          ? message
          : refusedBatch(frame.messages, errorCodes.invalidRequest, 'Send one request or notification at a time.');
      recordInvalid(server.enforcer, conversation.identity, refused);
      return refuseMessage(response, 400, refused);
    }
    if (message.kind === 'request') return this.#request(exchange, conversation, message);
    if (conversation.notification(message)) return void response.writeHead(202).end();
    const unknown = 'The protocol knows no such notification.';
    refuseMessage(response, 400, { kind: 'refused', code: errorCodes.invalidRequest, message: unknown });
  }

  #request(exchange: Exchange, conversation: Conversation, request: IncomingRequest): void {
    const { response, headers, server, grant } = exchange;
    const problem = this.#problemOf(exchange, request);
    if (problem) {
      if (request.method === 'tools/call') recordCall(server, conversation, request, problem.message);
      return refuseMessage(response, 400, { kind: 'refused', id: request.id, ...problem });
    }
    this.#running += 1;
    const reply = new StatelessReply(response, () => (this.#running -= 1));
    // The end of the response before its answer is how a client cancels.
    response.once('close', () => conversation.close());
    conversation.request(request, reply, inspectorOf(request, headers, server, grant));
  }

  #problemOf({ headers, server }: Exchange, request: IncomingRequest): Problem | undefined {
    const version = headers.get('mcp-protocol-version') ?? '';
    if (this.#running >= MAX_RUNNING) return { code: errorCodes.internal, message: 'Too many requests are running.' };
    if (claimOf(request.params) === undefined && version !== MODERN_REVISION) return unsupported(version);
    const mismatch = standardMismatch(request, headers);
    const reading = readEnvelope(request.params, server.methods);
    // Who does not say which revision it speaks is told that first: the headers say the same of it.
    if (!reading.ok && claimOf(request.params) === undefined) return reading;
    if (mismatch !== undefined) return { code: errorCodes.headerMismatch, message: mismatch };
    return reading.ok ? undefined : reading;
  }
}

interface Problem {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

function recordCall(
  { enforcer }: GovernedServer,
  { identity }: Conversation,
  { params }: IncomingRequest,
  message: string,
): void {
  const name = params?.members.get('name')?.value;
  const tool = name?.kind === 'string' ? name.value : '';
  enforcer.recordRefusal('tools/call', tool, identity, '(invalid request)', message);
}

/** A tool that agents are not shown is never looked up: how its headers are would tell that there is one. */
function inspectorOf(
  request: IncomingRequest,
  headers: Headers,
  server: GovernedServer,
  grant: Grant,
): Inspect | undefined {
  const name = request.params?.members.get('name')?.value;
  if (request.method !== 'tools/call' || name?.kind !== 'string') return undefined;
  return async ({ directory }): Promise<ErrorMessage | undefined> => {
    if (!shownBy(server, grant.id)(name.value)) return undefined;
    await directory.load();
    const mismatch = parameterMismatch(request, headers, directory.mirrored(name.value));
    return mismatch === undefined ? undefined : errorAnswer(request.id, errorCodes.headerMismatch, mismatch);
  };
}
