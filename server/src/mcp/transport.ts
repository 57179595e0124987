/**
 * The shape of a connection to an upstream MCP server: messages in, messages out, and why it ended.
 * Our own and not the SDK's, because number text must survive, log lines on stdout must be skipped, and a failed send must say whether
 * the upstream may have seen it. Types only; open.ts chooses the implementation.
 */
import type { Log } from '../ports.ts';
import type { Launch } from './definition.ts';
import type { Message, MessageId } from './message.ts';
import type { GroupWatch } from './stdio/guard.ts';

export interface Transport {
  /** Each request has an HTTP exchange of its own. */
  readonly isHttp?: boolean;
  /**
   * Set while what the server says of its own accord arrives: a number that is another one after each interruption, in which something may
   * have been missed. Absent: it does not, or nobody knows.
   */
  readonly hearing?: number | undefined;
  /** Connects or spawns. Install the callbacks first. Rejects with `UpstreamError`. */
  start(): Promise<void>;
  /**
   * Rejects with `UpstreamError`, whose `sent` says whether the upstream may have seen any of the message.
   * Over stdio it settles when the line is written. Over HTTP a request's send settles when its answer has been handed to `onmessage`,
   * or rejects when that answer can no longer arrive: so whoever waits for an answer must watch both `send` and `onclose`.
   */
  send(message: Message, options?: SendOptions): Promise<void>;
  /** Ends the connection: the process group is killed, the HTTP session deleted. Never rejects; closing twice is harmless. */
  close(): Promise<void>;
  /** `about`: the id of our request on whose answer stream a message came that does not say it itself; absent where the transport cannot tell. */
  onmessage?: ((message: Message, about?: MessageId) => void) | undefined;
  /** Called once. `reason` is absent when `close` was called; else an `UpstreamError` for people. */
  onclose?: ((reason?: Error) => void) | undefined;
  /** Something went wrong that did not end the connection. */
  onerror?: ((error: Error) => void) | undefined;
  /** Streamable HTTP: the server gives its events ids, so that a stream which breaks off can be resumed. */
  readonly keepsEvents?: boolean;
  /** The server closed the stream of our request `about` in order, to answer later: the transport comes back for the answer. */
  onpostponed?: ((about: MessageId) => void) | undefined;
  /** The revision that `initialize` agreed on; HTTP transports also find it out themselves. */
  setProtocolVersion?(version: string): void;
}

export interface SendOptions {
  /** HTTP only: headers of this request beside those that follow from the message. Names and values must be fit for HTTP. */
  readonly headers?: Readonly<Record<string, string>>;
  /** HTTP only: aborting gives up the exchange of this request, which a server of the modern era takes for its cancellation. */
  readonly signal?: AbortSignal;
}

/** A launch whose variables are replaced (variables.ts). */
export type ResolvedLaunch = Launch & {
  /** Values that came from variables and files: never shown, cut out of the server's log lines. */
  readonly secrets?: readonly string[];
};

export type GrantedHeaders = Readonly<Record<string, string>>;

/** A response that denies access, and what the request had to show. */
export interface AccessRefusal {
  readonly status: 401 | 403;
  /** `WWW-Authenticate`. */
  readonly challenge: string | null;
  readonly sent: GrantedHeaders;
}

/** Credentials of an upstream over HTTP that are not in its definition: they are obtained and renewed on the way. */
export interface UpstreamAuthorization {
  /** For one request to the server's own origin, and to no other. */
  headers(): Promise<GrantedHeaders>;
  /**
   * The headers for another attempt; undefined: the refusal is final. Rejects with `UpstreamError` (`login-needed`: a person has to
   * do something first).
   */
  renew(refusal: AccessRefusal): Promise<GrantedHeaders | undefined>;
}

export interface TransportOptions {
  readonly log: Log;
  /** Only for a remote server. */
  readonly authorization?: UpstreamAuthorization;
  /** Aborting closes the transport. */
  readonly signal?: AbortSignal;
  /** Milliseconds between SIGTERM and SIGKILL, and for the farewell DELETE of an HTTP session. Default 1,500. */
  readonly grace?: number;
  /** Milliseconds for a legacy SSE server to name its endpoint. Default 30,000. */
  readonly connectTimeout?: number;
  /** Milliseconds before a broken stream is resumed for the first time; doubles up to 30,000. Default 1,000. */
  readonly retryDelay?: number;
  /** Bytes of one message from the server. Default 16 MiB. */
  readonly maxMessageBytes?: number;
  /** Environment that the minimal environment of a child is taken from. Default `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends a child that this process could not end, because it was killed itself. */
  readonly guard?: GroupWatch;
}
