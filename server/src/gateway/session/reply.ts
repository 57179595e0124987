/** The ways from the gateway to a client that a face provides. */
import type { Message, ResponseMessage } from '../../mcp/message.ts';

/** Where the answer to one request goes. */
export interface Reply {
  /** A message about this request: progress, for example. Sent before its answer. */
  relate(message: Message): void;
  /** The server answers later. A client that is able to come back for the answer need not wait on an open line. */
  postpone?(): void;
  /** The answer; nothing follows it. Throws before it has done anything where the message cannot be written: then another may be given. */
  answer(message: ResponseMessage): void;
  /** There will be no answer, since the client cancelled the request. */
  drop(): void;
}

/** Where a message goes that belongs to no request. */
export type Outlet = (message: Message) => void;
