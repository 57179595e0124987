/** Starts a gateway on stdio: joins one that serves the same server already, or serves it itself. */
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { Closeable } from '../ports.ts';
import { Core, StartError, type CoreOptions } from './core.ts';
import { LOCAL_GRANT } from './grants/registry.ts';
import type { Grant } from './session/server.ts';
import { joinGateway } from './sharing/join.ts';
import { likenessOf } from './sharing/likeness.ts';
import { Relay, type Seat } from './sharing/relay.ts';
import { newSessionName, StdioFace } from './stdio/face.ts';

export interface StdioGatewayOptions extends CoreOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Names the grant that the client counts as; by default `local`. */
  readonly grant?: string;
  /** The state folder, in which other gateways are looked for; absent: none is joined. */
  readonly joinIn?: string;
}

export interface StdioGateway extends Closeable {
  /** Resolves when the client is gone; rejects when its server cannot be had any more. */
  readonly ended: Promise<void>;
}

/** Serves the first of the servers on stdio. Rejects as `startGateway` does. */
export async function startStdioGateway(options: StdioGatewayOptions): Promise<StdioGateway> {
  if (options.servers.length === 0) throw new TypeError('A stdio gateway serves one server; none was given.');
  const session = newSessionName();
  const seat = await join(options, session);
  return seat ? relayed(options, session, seat) : serve(options, session);
}

/** Counters and records go on under the session's name, whichever gateway carries it. */
async function serve(options: StdioGatewayOptions, session: string): Promise<StdioGateway> {
  const core = await Core.start(options);
  const [server] = core.servers;
  if (!server) throw new TypeError('A stdio gateway serves one server; none was given.');
  const { input, output } = options;
  const grant = await grantFor(core, server.name, options.grant ?? LOCAL_GRANT.label);
  let onEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (onEnd = resolve));
  const face = new StdioFace({ server, grant, session, input, output, onEnd });
  core.listen({ listed: () => face.toolsChanged() });
  const close = async (): Promise<void> => {
    face.close();
    await core.close();
  };
  return { ended, close };
}

/** Rejects with `StartError` where the label is that of a grant which does not hold here; one that nobody has made stands for itself. */
async function grantFor(core: Core, server: string, label: string): Promise<Grant> {
  const grant = core.grants.named(label);
  if (grant && core.grants.holds(grant.id, server)) return grant;
  await core.close();
  const what = `The grant "${label}" was revoked, has expired, or does not reach the server "${server}".`;
  throw new StartError('no-grant', `${what} See: portcullis grants list`);
}

function relayed(options: StdioGatewayOptions, session: string, seat: Seat): StdioGateway {
  const { input, output, log } = options;
  const successor = async (): Promise<Seat> => (await join(options, session)) ?? ownSeat(options, session);
  let onEnd: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    onEnd = (error) => (error ? reject(cannotGoOn(error)) : resolve());
  });
  const relay = new Relay({ input, output, seat, successor, onEnd, log });
  return { ended, close: () => relay.close() };
}

function cannotGoOn(cause: Error): StartError {
  const what = 'The gateway that this one had joined is gone, and the server cannot be had without it.';
  return new StartError('cannot-go-on', `${what} ${cause.message}`, { cause });
}

async function join(options: StdioGatewayOptions, session: string): Promise<Seat | undefined> {
  const { servers, state, joinIn, version, log, grant = LOCAL_GRANT.label } = options;
  const [input] = servers;
  if (joinIn === undefined || !input?.source) return undefined;
  const prove = (text: string): string => state.prove(text);
  try {
    const likeness = await likenessOf(input, input.source, version, prove);
    const request = { server: input.name, grant, session, likeness };
    const socket = await joinGateway(request, { state: joinIn, prove, log });
    return socket && { input: socket, output: socket, close: async () => void socket.destroy() };
  } catch (error) {
    // Its variables cannot be replaced: the server will not start here either, and says so.
    log.debug('No gateway was joined.', { reason: error instanceof Error ? error.message : '' });
    return undefined;
  }
}

async function ownSeat(options: StdioGatewayOptions, session: string): Promise<Seat> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const own = await serve({ ...options, input, output }, session);
  return { input, output, close: () => own.close() };
}
