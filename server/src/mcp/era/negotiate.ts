/**
 * Finds out which era a server speaks (specification 2026-07-28, "Versioning", compatibility matrix): asks in the preferred one, and in the
 * other when the answer is not of that era. Sends nothing but `server/discover` and `initialize`.
 */
import { UpstreamError } from '../errors.ts';
import type { Params, ResponseMessage } from '../message.ts';
import { isObject } from '../parse.ts';
import { isLegacyRevision, LATEST_LEGACY_REVISION, MODERN_REVISION, type Era } from '../revision.ts';
import { printable } from '../untrusted.ts';
import { metaKeys, withEnvelope, type Envelope } from './envelope.ts';

/** What was agreed on. */
export interface Agreement {
  readonly era: Era;
  /** The result of `initialize`; for a modern server what it would have been, made from its discovery. */
  readonly greeting: Params;
  /** The result of `server/discover`, from a modern server. */
  readonly discovered?: Params;
}

export interface Handshake {
  /** Parameters of `initialize`. */
  readonly params: Params;
  /** The era that is asked for first. */
  readonly first: Era;
}

/** Rejects with `UpstreamError`. `patience`: milliseconds after which nothing is waited for any more and `undefined` comes back. */
export type AskServer = (method: string, params: Params, patience?: number) => Promise<ResponseMessage | undefined>;

/** A legacy server may say nothing to a request before `initialize`; a modern one may still be starting. Then it gets both questions. */
const PROBE_PATIENCE = 10_000;

/** UnsupportedProtocolVersionError. */
const UNSUPPORTED_VERSION = -32022;

/** What a server answers at an address where it does not know the message: specification, "Backward Compatibility". */
const NOT_SPOKEN: ReadonlySet<number | undefined> = new Set([400, 404, 405, 406, 415]);

/** Rejects with `UpstreamError`. */
export async function negotiate(ask: AskServer, { params, first }: Handshake): Promise<Agreement> {
  const attempts = first === 'modern' ? [discover, initialize] : [initialize, discover];
  let failure: UpstreamError | undefined;
  for (const attempt of attempts) {
    const outcome = await attempt(ask, params);
    if (!(outcome instanceof UpstreamError)) return outcome;
    failure ??= outcome;
    // The words of a server that greets are about the handshake that people know.
    if (attempt === initialize) failure = outcome;
  }
  throw failure ?? new UpstreamError('garbage', 'The server answers in no known revision.', { sent: true });
}

/** The envelope of a client that has said `initialize`. */
export function envelopeOf(handshake: Params): Envelope {
  const { clientInfo, capabilities } = handshake;
  return {
    ...(clientInfo === undefined ? {} : { clientInfo }),
    capabilities: isObject(capabilities) ? capabilities : {},
  };
}

type Attempt = (ask: AskServer, handshake: Params) => Promise<Agreement | UpstreamError>;

const discover: Attempt = async (ask, handshake) => {
  const params = withEnvelope(undefined, envelopeOf(handshake));
  const probe = (): ReturnType<typeof answerOrRefusal> =>
    answerOrRefusal(ask('server/discover', params, PROBE_PATIENCE));
  let response = await probe();
  if (wantsOurs(response)) response = await probe();
  if (response === undefined) return noModern('did not answer server/discover');
  if (response instanceof UpstreamError) return response;
  if (!('result' in response)) return noModern(`refused server/discover: ${printable(response.error.message)}`);
  const { result } = response;
  const versions = result['supportedVersions'];
  if (!Array.isArray(versions) || !versions.includes(MODERN_REVISION))
    return noModern(`does not speak revision ${MODERN_REVISION}`);
  return { era: 'modern', greeting: greetingFrom(result, handshake), discovered: result };
};

/** Refused for its revision, with ours among those that the server names instead: then the same question is asked once more. */
function wantsOurs(response: ResponseMessage | UpstreamError | undefined): boolean {
  if (response === undefined || response instanceof UpstreamError || !('error' in response)) return false;
  const { code, data } = response.error;
  const supported = isObject(data) ? data['supported'] : undefined;
  return code === UNSUPPORTED_VERSION && Array.isArray(supported) && supported.includes(MODERN_REVISION);
}

const initialize: Attempt = async (ask, handshake) => {
  const response = await answerOrRefusal(ask('initialize', legacyHandshake(handshake)));
  if (response === undefined) return new UpstreamError('timeout', 'The server did not answer "initialize".');
  if (response instanceof UpstreamError) return response;
  const problem = problemOfGreeting(response);
  if (problem !== undefined || !('result' in response))
    return new UpstreamError('garbage', `The server ${problem}`, { sent: true });
  return { era: 'legacy', greeting: response.result };
};

/** A refusal by status is an answer too; any other failure is about the connection, and another question would not help. */
async function answerOrRefusal(
  answer: Promise<ResponseMessage | undefined>,
): Promise<ResponseMessage | UpstreamError | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'refused' && NOT_SPOKEN.has(error.status)) return error;
    throw error;
  }
}

function noModern(what: string): UpstreamError {
  return new UpstreamError('garbage', `The server ${what}.`, { sent: true });
}

function legacyHandshake(handshake: Params): Params {
  const version = handshake['protocolVersion'];
  return isLegacyRevision(version) ? handshake : { ...handshake, protocolVersion: LATEST_LEGACY_REVISION };
}

/** Why an answer to `initialize` cannot be used; continues "The server …". */
function problemOfGreeting(response: ResponseMessage): string | undefined {
  if (!('result' in response)) return `refused to initialize: ${printable(response.error.message)}`;
  const version = response.result['protocolVersion'];
  if (isLegacyRevision(version)) return undefined;
  return `answers with a protocol revision that this gateway does not speak (${JSON.stringify(version)?.slice(0, 40)}).`;
}

/** What legacy clients get to see of a modern server. Extensions are left out: legacy revisions do not know them. */
function greetingFrom(discovered: Params, handshake: Params): Params {
  const { capabilities, instructions, _meta: meta } = discovered;
  const known = isObject(capabilities) ? Object.entries(capabilities).filter(([name]) => name !== 'extensions') : [];
  const info = isObject(meta) ? meta[metaKeys.serverInfo] : undefined;
  return {
    protocolVersion: legacyHandshake(handshake)['protocolVersion'],
    // The level of the log goes with each request now; clients of old ask for it by a method, which the gateway answers.
    capabilities: Object.fromEntries(known),
    serverInfo: isObject(info) ? info : { name: 'unknown', version: '0' },
    ...(typeof instructions === 'string' ? { instructions } : {}),
  };
}
