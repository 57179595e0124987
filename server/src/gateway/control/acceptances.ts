/** The editor's word that a person has accepted what waits: read from a request, passed on to what holds it. */
import { readJson, toValue } from '../../policy/index.ts';
import type { AcceptAnswer, AcceptRequest } from '../../protocol/control.ts';
import type { GovernedServer } from '../session/server.ts';

/** `body`: of a request over the control channel. */
export function acceptPolicy(body: Buffer, find: (name: string) => GovernedServer | undefined): AcceptAnswer {
  const request = readRequest(body);
  if (!request) return { problem: 'The request must be { "server", "hash" }.' };
  const server = find(request.server);
  const problem = server ? server.policy.accept(request.hash) : 'There is no such server.';
  return problem === undefined ? {} : { problem };
}

function readRequest(body: Buffer): AcceptRequest | undefined {
  const reading = readJson(body);
  if (!reading.ok || reading.root.kind !== 'object') return undefined;
  const { server, hash } = toValue(reading.root) as Record<string, unknown>;
  return typeof server === 'string' && typeof hash === 'string' ? { server, hash } : undefined;
}
