/** What goes wrong with an upstream, as errors. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { UpstreamError } from '../../mcp/index.ts';

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

/** An error about a connection; one of another kind says nothing about what was sent, so `sent` does. */
export function asUpstreamError(thrown: unknown, sent: boolean): UpstreamError {
  if (thrown instanceof UpstreamError) return thrown;
  const message = thrown instanceof Error ? thrown.message : 'The connection ended.';
  return new UpstreamError('died', message, { sent, cause: thrown });
}
