/** What the SDK's client throws, in words for people. */
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { UpstreamError } from './errors.ts';
import type { Cleaner } from './untrusted.ts';

export interface Circumstances {
  readonly method: string;
  /** Milliseconds the request was given. */
  readonly timeout: number;
  /** The caller gave up. */
  readonly aborted: boolean;
  /** Why the connection ended, if it did: better than what the SDK says. */
  readonly lost: Error | undefined;
  readonly clean: Cleaner;
}

export function sdkFailure(error: unknown, { method, timeout, aborted, lost, clean }: Circumstances): UpstreamError {
  const details = { sent: true, cause: error };
  if (aborted) return new UpstreamError('closed', 'Listing the tools was cancelled.', details);
  if (error instanceof UpstreamError) return reported(error);
  if (lost instanceof UpstreamError) return reported(lost);
  if (!(error instanceof McpError)) {
    // Other errors than plain ones are about the answer's shape, in the validator's words.
    const said = error instanceof Error && error.name === 'Error' ? ` ${clean(error.message)}` : '';
    return new UpstreamError('garbage', `The server's answer to ${method} is not what MCP describes.${said}`, details);
  }
  if (error.code === Number(ErrorCode.RequestTimeout)) {
    const advice = 'Check that it is an MCP server and that it does not wait for something else.';
    return new UpstreamError(
      'timeout',
      `The server did not answer ${method} within ${timeout / 1000} s. ${advice}`,
      details,
    );
  }
  return new UpstreamError('refused', `The server answered ${method} with an error: ${clean(error.message)}`, details);
}

/** Lists are read for the user, who may see what the server said last. */
function reported({ code, report, sent, status, cause }: UpstreamError): UpstreamError {
  return new UpstreamError(code, report, { sent, cause, ...(status === undefined ? {} : { status }) });
}

export function isUnknownMethod(error: unknown): boolean {
  return error instanceof McpError && error.code === Number(ErrorCode.MethodNotFound);
}
