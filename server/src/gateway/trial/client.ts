/** The clients of the self-test, one for each era. They speak as a face does: in bytes. */
import { withEnvelope } from '../../mcp/era/envelope.ts';
import type { Message, Params } from '../../mcp/message.ts';
import { LATEST_LEGACY_REVISION } from '../../mcp/revision.ts';
import { readFrame, type Incoming } from '../message/frame.ts';
import type { Reply } from '../session/reply.ts';
import type { GovernedServer } from '../session/server.ts';
import { Session } from '../session/session.ts';
import { Conversation } from '../stateless/conversation.ts';
import { Subscriptions } from '../stateless/subscription.ts';

const grant = { id: 'self-test', label: 'self-test' };
const clientInfo = { name: 'self-test', version: '1' };

export abstract class Probe {
  #lastId = 0;

  abstract open(): Promise<void>;
  abstract close(): void;
  protected abstract take(message: Incoming, reply: Reply): void;
  protected abstract dress(params: Params): Params;

  /** Rejects when the request is dropped. */
  send(method: string, params: Params): Promise<Message> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const drop = (): void => reject(new Error('A request was dropped.'));
      const message = { jsonrpc: '2.0' as const, id, method, params: this.dress(params) };
      this.#receive(message, { relate: () => undefined, answer: resolve, drop });
    });
  }

  notify(method: string, params: Params): void {
    const reply = { relate: () => undefined, answer: () => undefined, drop: () => undefined };
    this.#receive({ jsonrpc: '2.0', method, params: this.dress(params) }, reply);
  }

  #receive(message: Message, reply: Reply): void {
    const frame = readFrame(Buffer.from(JSON.stringify(message)));
    if (!frame.ok) throw new Error(frame.refused.message);
    for (const each of frame.messages) this.take(each, reply);
  }
}

export class SessionProbe extends Probe {
  readonly #session: Session;

  constructor(server: GovernedServer) {
    super();
    this.#session = new Session({ server, grant, name: 'self-test', outlet: () => undefined });
  }

  async open(): Promise<void> {
    await this.send('initialize', { protocolVersion: LATEST_LEGACY_REVISION, capabilities: {}, clientInfo });
  }

  close(): void {
    this.#session.close();
  }

  protected take(message: Incoming, reply: Reply): void {
    this.#session.receive(message, reply);
  }

  protected dress(params: Params): Params {
    return params;
  }
}

export class StatelessProbe extends Probe {
  readonly #conversation: Conversation;

  constructor(server: GovernedServer) {
    super();
    this.#conversation = new Conversation({ server, grant, name: 'self-test', subscriptions: new Subscriptions() });
  }

  open(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#conversation.close();
  }

  protected take(message: Incoming, reply: Reply): void {
    if (message.kind === 'request') this.#conversation.request(message, reply);
    else if (message.kind === 'notification') this.#conversation.notification(message);
  }

  protected dress(params: Params): Params {
    return withEnvelope(params, { clientInfo, capabilities: {} });
  }
}
