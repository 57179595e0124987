/** Streamable HTTP (specification 2025-11-25, "Transports") at one server's endpoint: POST, GET and DELETE, after the guards. */
import type { ResponseMessage } from '../../mcp/message.ts';
import { errorCodes } from '../message/answer.ts';
import { readFrame, type Incoming, type ReadFrame, type Refused } from '../message/frame.ts';
import { allowsBatches, ASSUMED_REVISION } from '../../mcp/revision.ts';
import type { Identity } from '../rules/enforcer.ts';
import { recordInvalid, refusedBatch } from '../rules/invalidRequest.ts';
import type { Reply } from '../session/reply.ts';
import { readBody } from './body.ts';
import type { Exchange } from './exchange.ts';
import { accepts, checkBody, EVENT_STREAM } from './guards.ts';
import type { Refusal } from './headers.ts';
import { refuse, refuseMessage } from './refuse.ts';
import { isSuccess, type HttpSession } from './session.ts';
import { isStateless, namesModernRevision } from './stateless.ts';

/** Rejects only when the client's connection breaks. */
export async function serveMcp(exchange: Exchange): Promise<void> {
  switch (exchange.request.method) {
    case 'POST':
      return post(exchange);
    case 'GET':
      return isOfSessions(exchange) ? listen(exchange) : refuse(exchange.response, postOnly);
    case 'DELETE':
      return isOfSessions(exchange) ? end(exchange) : refuse(exchange.response, postOnly);
    default:
      return refuse(exchange.response, {
        status: 405,
        message: 'Use POST, GET or DELETE.',
        headers: { allow: 'POST, GET, DELETE' },
      });
  }
}

/** The modern era has no other method. */
function isOfSessions({ headers }: Exchange): boolean {
  return !namesModernRevision(headers);
}

const postOnly: Refusal = { status: 405, message: 'Use POST.', headers: { allow: 'POST' } };

type Found = { readonly ok: true; readonly session: HttpSession } | { readonly ok: false; readonly refusal: Refusal };

function findSession({ headers, sessions, server, grant }: Exchange): Found {
  const id = headers.get('mcp-session-id');
  if (id === undefined)
    return {
      ok: false,
      refusal: { status: 400, message: 'Send "initialize" first, then its Mcp-Session-Id with every request.' },
    };
  const session = sessions.find(id, server, grant);
  if (!session)
    return { ok: false, refusal: { status: 404, message: 'There is no such session. Send "initialize" again.' } };
  const version = headers.get('mcp-protocol-version') ?? ASSUMED_REVISION;
  if (headers.has('mcp-protocol-version') && version !== session.session.revision)
    return {
      ok: false,
      refusal: { status: 400, message: 'MCP-Protocol-Version is not the revision that this session agreed on.' },
    };
  return { ok: true, session };
}

async function post(exchange: Exchange): Promise<void> {
  const { headers, request, response } = exchange;
  const wrong = checkBody(headers);
  if (wrong) return refuse(response, wrong);
  if (!accepts(headers, 'application/json', EVENT_STREAM))
    return refuse(response, { status: 406, message: `Send "Accept: application/json, ${EVENT_STREAM}".` });
  const body = await readBody(request);
  if (!body.ok) return refuse(response, body.refusal);
  const frame = readFrame(body.bytes);
  if (!frame.ok) return refuseInvalid(exchange, frame.refused);
  if (isStateless(frame, headers)) return exchange.stateless.receive(exchange, frame);
  if (isInitialize(frame)) return openSession(exchange, frame.messages[0] as Incoming);
  const found = findSession(exchange);
  if (!found.ok) return refuse(response, found.refusal);
  receive(exchange, found.session, frame);
}

function isInitialize({ batch, messages: [first] }: ReadFrame): boolean {
  return !batch && first?.kind === 'request' && first.method === 'initialize';
}

function openSession({ headers, response, server, grant, sessions }: Exchange, message: Incoming): void {
  if (headers.has('mcp-session-id'))
    return refuse(response, {
      status: 400,
      message: 'The session is initialized already. Start a new one without Mcp-Session-Id.',
    });
  const session = sessions.create(server, grant);
  // A stream may have to begin before the server has answered, and its headers are the only place for the id.
  const headersFor = (answer: ResponseMessage | undefined): Readonly<Record<string, string>> => {
    if (answer && !isSuccess(answer)) return {};
    sessions.admit(session);
    return { 'mcp-session-id': session.id };
  };
  let isAnswered = false;
  const reply = session.post({ response, requests: 1, isBatch: false, headersFor }, (answer) => {
    isAnswered = true;
    if (!answer || !isSuccess(answer)) sessions.end(session);
  });
  response.once('close', () => {
    // Nobody waits for it any more, so its server need not go on starting.
    if (!isAnswered) sessions.end(session);
  });
  session.session.receive(message, reply);
}

function refuseInvalid(exchange: Exchange, refused: Refused): void {
  recordInvalid(exchange.server.enforcer, identityOf(exchange), refused);
  refuseMessage(exchange.response, 400, refused);
}

function identityOf(exchange: Exchange): Identity {
  const { grant } = exchange;
  const found = findSession(exchange);
  return { grantId: grant.id, grantLabel: grant.label, session: found.ok ? found.session.name : '' };
}

function receive(exchange: Exchange, session: HttpSession, frame: ReadFrame): void {
  const { response } = exchange;
  const refused = problemOf(frame, session);
  if (refused) return refuseInvalid(exchange, refused);
  for (const each of frame.messages)
    if (each.kind === 'refused') recordInvalid(session.server.enforcer, identityOf(exchange), each);
  const requests = frame.messages.filter(({ kind }) => kind === 'request' || kind === 'refused').length;
  if (requests === 0) {
    for (const message of frame.messages) session.session.receive(message, noReply);
    response.writeHead(202).end();
    return;
  }
  const reply = session.post({ response, requests, isBatch: frame.batch });
  for (const message of frame.messages) session.session.receive(message, reply);
}

function problemOf({ batch, messages }: ReadFrame, { session }: HttpSession): Refused | undefined {
  const [first] = messages;
  if (!batch) return first?.kind === 'refused' ? first : undefined;
  const refuseBatch = (message: string): Refused => refusedBatch(messages, errorCodes.invalidRequest, message);
  if (!session.revision || !allowsBatches(session.revision))
    return refuseBatch('This protocol revision has no batches.');
  const initializes = messages.some((each) => each.kind === 'request' && each.method === 'initialize');
  return initializes ? refuseBatch('"initialize" must not be in a batch.') : undefined;
}

/** For frames without requests: nothing in them is answered. */
const noReply: Reply = { relate: () => undefined, answer: () => undefined, drop: () => undefined };

function listen(exchange: Exchange): void {
  const { headers, response } = exchange;
  if (!accepts(headers, EVENT_STREAM))
    return refuse(response, { status: 406, message: `Send "Accept: ${EVENT_STREAM}".` });
  const found = findSession(exchange);
  if (!found.ok) return refuse(response, found.refusal);
  const lastEventId = headers.get('last-event-id');
  if (lastEventId !== undefined) {
    if (found.session.resume(response, lastEventId)) return;
    return refuse(response, { status: 404, message: 'This session has no event of that id.' });
  }
  if (found.session.hasStream)
    return refuse(response, { status: 409, message: 'This session has an open stream already.' });
  found.session.listen(response);
}

function end(exchange: Exchange): void {
  const found = findSession(exchange);
  if (!found.ok) return refuse(exchange.response, found.refusal);
  exchange.sessions.end(found.session);
  exchange.response.writeHead(200, { 'content-length': 0 }).end();
}
