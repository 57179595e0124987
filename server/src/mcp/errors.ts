/**
 * What can go wrong with an upstream server, in words for people. Messages never hold a secret, an argument or a query string,
 * nor what the server wrote to its log: agents get to read them.
 */

export type UpstreamFailure =
  /** Nothing answers at that address, or the command cannot be started. */
  | 'unreachable'
  /** The process ended or the connection broke. */
  | 'died'
  | 'timeout'
  /** It answers, but not with MCP. */
  | 'garbage'
  /** 401 or 403. */
  | 'unauthorized'
  /** It must not be started as it is defined now: a person has to review that. */
  | 'unreviewed'
  /** The server wants a login, or a further permission, that only a person can give. */
  | 'login-needed'
  /** The server no longer knows our session: connect again. */
  | 'session-lost'
  /** Any other HTTP status that is not a success. */
  | 'refused'
  | 'too-large'
  /** It does not take what is sent to it, and enough waits for it already. */
  | 'busy'
  /** We closed it, or the caller aborted. */
  | 'closed';

export interface UpstreamErrorDetails {
  /** Whether the upstream may have seen any byte of the message: counters are given back only if not. */
  readonly sent?: boolean;
  readonly status?: number;
  /** What a dead server wrote to stderr last, cleaned: for the user's log and status, never for agents. */
  readonly lastWords?: readonly string[];
  readonly cause?: unknown;
}

export class UpstreamError extends Error {
  readonly code: UpstreamFailure;
  readonly sent: boolean;
  /** HTTP status, where one was received. */
  readonly status: number | undefined;

  readonly lastWords: readonly string[];

  constructor(code: UpstreamFailure, message: string, details: UpstreamErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'UpstreamError';
    this.code = code;
    this.sent = details.sent ?? false;
    this.status = details.status;
    this.lastWords = details.lastWords ?? [];
  }

  /** The message with the server's last words: for the user, not for agents. */
  get report(): string {
    if (this.lastWords.length === 0) return this.message;
    return `${this.message} It said last:\n${this.lastWords.map((line) => `  ${line}`).join('\n')}`;
  }
}
