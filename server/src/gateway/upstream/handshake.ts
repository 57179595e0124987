/** What `initialize` must have been answered with, and the error for a server that answers with errors. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { ResponseMessage } from '../../mcp/message.ts';
import { isLegacyRevision } from '../../mcp/revision.ts';

/** The server answered a request of the gateway's own with an error. */
export class AnsweredError extends UpstreamError {
  /** The JSON-RPC code. */
  readonly answered: number;

  constructor(method: string, code: number, message: string) {
    super('refused', `The server answered ${method} with error ${code}: ${escapeUntrusted(message, { max: 500 })}`, {
      sent: true,
    });
    this.answered = code;
  }
}

/** Why an answer to `initialize` cannot be used; continues "The server …". */
export function problemOfGreeting(response: ResponseMessage): string | undefined {
  if (!('result' in response)) return `refused to initialize: ${escapeUntrusted(response.error.message, { max: 500 })}`;
  const version = response.result['protocolVersion'];
  if (isLegacyRevision(version)) return undefined;
  return `answers with a protocol revision that this gateway does not speak (${JSON.stringify(version)?.slice(0, 40)}).`;
}

/** An error about a connection; one of another kind says nothing about what was sent, so `sent` does. */
export function asUpstreamError(thrown: unknown, sent: boolean): UpstreamError {
  if (thrown instanceof UpstreamError) return thrown;
  const message = thrown instanceof Error ? thrown.message : 'The connection ended.';
  return new UpstreamError('died', message, { sent, cause: thrown });
}
