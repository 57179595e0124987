/** The stdio face: newline-delimited JSON-RPC on stdin and stdout, one server, one session. stdout carries nothing but the protocol. */
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { asLine } from '../../mcp/index.ts';
import type { Message } from '../../mcp/message.ts';
import { errorAnswer, errorCodes, writeMessage } from '../message/answer.ts';
import { claimOf } from '../message/envelope.ts';
import {
  MAX_FRAME_BYTES,
  readFrame,
  type Frame,
  type Incoming,
  type IncomingRequest,
  type Refused,
} from '../message/frame.ts';
import { allowsBatches } from '../../mcp/revision.ts';
import { recordInvalid, refusedBatch } from '../rules/invalidRequest.ts';
import { Flights } from '../session/flights.ts';
import type { Reply } from '../session/reply.ts';
import type { GovernedServer, Grant } from '../session/server.ts';
import { Session } from '../session/session.ts';
import { Conversation } from '../stateless/conversation.ts';
import { Subscriptions } from '../stateless/subscription.ts';
import { LineReader } from './lineReader.ts';

export interface StdioFaceOptions {
  readonly server: GovernedServer;
  readonly grant: Grant;
  /** How records and counters name the session; by default a name of its own. */
  readonly session?: string;
  readonly input: Readable;
  readonly output: Writable;
  /** The client closed stdin, or stopped reading. */
  readonly onEnd: () => void;
}

/**
 * The SDK's clients handle an answer before the progress that they read in one piece with it, and then drop that progress.
 * So an answer right after progress waits until the client has most likely read the former.
 */
const SETTLING_MILLISECONDS = 2;

/** A client that does not read is left before it fills our memory. The largest list of tools is smaller. */
const MAX_UNREAD_BYTES = 96 * 1024 * 1024;

export class StdioFace {
  readonly #server: GovernedServer;
  readonly #session: Session;
  readonly #stateless: Conversation;
  readonly #subscriptions = new Subscriptions();
  readonly #output: Writable;
  readonly #onEnd: () => void;
  readonly #record: (refused: Refused) => void;
  /** The client has spoken the modern era: whatever else it says without naming a revision is broken, not older. */
  #isModern = false;
  #relatedAt = Number.NEGATIVE_INFINITY;

  constructor({ server, grant, session = newSessionName(), input, output, onEnd }: StdioFaceOptions) {
    this.#output = output;
    this.#onEnd = onEnd;
    this.#record = (refused) =>
      recordInvalid(server.enforcer, { grantId: grant.id, grantLabel: grant.label, session }, refused);
    const flights = new Flights();
    const name = session;
    this.#session = new Session({ server, grant, name, flights, outlet: (message) => this.#write(message) });
    this.#stateless = new Conversation({ server, grant, name, flights, subscriptions: this.#subscriptions });
    this.#server = server;
    const lines = new LineReader(MAX_FRAME_BYTES, {
      line: (bytes) => this.#receive(bytes),
      tooLong: () =>
        this.#write(errorAnswer(undefined, errorCodes.invalidRequest, 'The message is larger than 4 MiB.')),
    });
    input.on('data', (chunk: Buffer) => lines.push(chunk));
    input.once('end', onEnd);
    input.once('error', onEnd);
    output.once('error', onEnd);
  }

  /** An edit of the policy changed which tools are listed. */
  toolsChanged(): void {
    this.#session.toolsChanged();
    this.#subscriptions.toolsChanged(this.#server);
  }

  close(): void {
    this.#subscriptions.close();
    this.#session.close();
  }

  #receive(bytes: Buffer): void {
    if (isBlank(bytes)) return;
    const frame = readFrame(bytes);
    if (!frame.ok) return this.#refuse(frame.refused);
    if (!frame.batch) return this.#receiveOne(frame.messages[0] as Incoming);
    this.#receiveBatch(frame);
  }

  #receiveOne(message: Incoming): void {
    if (message.kind === 'refused') this.#record(message);
    const reply: Reply = {
      relate: (each) => this.#writeRelated(each),
      answer: (each) => this.#writeAnswer(each),
      drop: () => undefined,
    };
    if (message.kind === 'request' && this.#isStateless(message)) this.#stateless.request(message, reply);
    else if (message.kind === 'notification' && this.#session.revision === undefined)
      this.#stateless.notification(message);
    else this.#session.receive(message, reply);
  }

  #isStateless({ method, params }: IncomingRequest): boolean {
    const isClaimed = claimOf(params) !== undefined;
    this.#isModern ||= isClaimed;
    return isClaimed || (this.#isModern && this.#session.revision === undefined && method !== 'initialize');
  }

  #receiveBatch({ messages }: Extract<Frame, { ok: true }>): void {
    const { revision } = this.#session;
    if (!revision || !allowsBatches(revision))
      return this.#refuse(refusedBatch(messages, errorCodes.invalidRequest, 'This protocol revision has no batches.'));
    for (const each of messages) if (each.kind === 'refused') this.#record(each);
    const requests = messages.filter(({ kind }) => kind === 'request' || kind === 'refused').length;
    const batch = batchReply(
      requests,
      (text) => this.#writeLine(text),
      (each) => this.#write(each),
    );
    for (const message of messages) this.#session.receive(message, batch);
  }

  #writeRelated(message: Message): void {
    this.#write(message);
    this.#relatedAt = performance.now();
  }

  #writeAnswer(message: Message): void {
    const isFresh = performance.now() - this.#relatedAt < SETTLING_MILLISECONDS;
    if (isFresh) setTimeout(() => this.#write(message), SETTLING_MILLISECONDS);
    else this.#write(message);
  }

  #refuse(refused: Refused): void {
    this.#record(refused);
    this.#write(errorAnswer(undefined, refused.code, refused.message));
  }

  #write(message: Message): void {
    this.#writeLine(writeMessage(message));
  }

  #writeLine(json: string): void {
    if (this.#output.destroyed) return;
    if (this.#output.writableLength <= MAX_UNREAD_BYTES) return void this.#output.write(asLine(json));
    this.#output.destroy();
    this.#onEnd();
  }
}

/** A batch is answered by a batch (JSON-RPC 2.0 section 6); messages about its requests go out as they come. */
function batchReply(requests: number, write: (text: string) => void, relate: (message: Message) => void): Reply {
  const answers: string[] = [];
  let open = requests;
  const end = (): void => {
    open -= 1;
    if (open === 0 && answers.length > 0) write(`[${answers.join(',')}]`);
  };
  return {
    relate,
    answer(message) {
      answers.push(writeMessage(message));
      end();
    },
    drop: end,
  };
}

/** No credential, but no other session's name. */
export const newSessionName = (): string => randomBytes(6).toString('hex');

const SPACE = 0x20;

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte <= SPACE);
}
