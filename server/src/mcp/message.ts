/**
 * JSON-RPC 2.0 messages as they travel between the gateway's rooms: plain values whose inexact numbers are `JSON.rawJSON` objects,
 * so that `JSON.stringify` writes them with their source digits.
 */

export type MessageId = string | number;

export interface RequestMessage {
  readonly jsonrpc: '2.0';
  readonly id: MessageId;
  readonly method: string;
  readonly params?: Params;
}

export interface NotificationMessage {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: Params;
}

export interface ResultMessage {
  readonly jsonrpc: '2.0';
  readonly id: MessageId;
  readonly result: Params;
}

export interface ErrorMessage {
  readonly jsonrpc: '2.0';
  /** Absent only where the request's id could not be read. */
  readonly id?: MessageId;
  readonly error: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export type ResponseMessage = ResultMessage | ErrorMessage;
export type Message = RequestMessage | NotificationMessage | ResponseMessage;

/** An object of unknown members. */
export type Params = Readonly<Record<string, unknown>>;
