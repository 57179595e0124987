/** The editor's word that a person has accepted what waits: read from a request, passed on to what holds it. */
import type { AcceptAnswer, AcceptRequest } from '../../protocol/control.ts';
import { objectIn } from './objectIn.ts';

const KINDS: ReadonlySet<unknown> = new Set<AcceptRequest['what']>(['policy', 'configuration', 'lock']);

/** `body`: of a request over the control channel. Never rejects. */
export async function acceptHeld(
  body: Buffer,
  accept: (request: AcceptRequest) => Promise<string | undefined>,
): Promise<AcceptAnswer> {
  const request = readRequest(body);
  if (!request) return { problem: 'The request must be { "what", "server", "hash" }.' };
  const problem = await accept(request);
  return problem === undefined ? {} : { problem };
}

function readRequest(body: Buffer): AcceptRequest | undefined {
  const { what, server, hash } = objectIn(body) ?? {};
  const isRequest = KINDS.has(what) && typeof server === 'string' && typeof hash === 'string';
  return isRequest ? { what: what as AcceptRequest['what'], server, hash } : undefined;
}
