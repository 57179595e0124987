/** Finds a gateway that serves the same server in the same way, and joins it. */
import net from 'node:net';
import { once } from 'node:events';
import type { Log } from '../../ports.ts';
import { announcementsIn, type Announcement } from './announcement.ts';
import { askToJoin, type JoinRequest, type Prove } from './handshake.ts';

const HANDSHAKE_TIMEOUT = 5_000;

export interface JoinOptions {
  /** The state folder. */
  readonly state: string;
  readonly prove: Prove;
  readonly log: Log;
}

/** Resolves with a socket that takes and gives what a gateway's stdin and stdout do; `undefined`: there is none to join, and the log says why. */
export async function joinGateway(request: JoinRequest, options: JoinOptions): Promise<net.Socket | undefined> {
  for (const announcement of announcementsIn(options.state)) {
    if (!announcement.servers.includes(request.server) || announcement.pid === process.pid) continue;
    const socket = await tryJoin(announcement, request, options);
    if (socket) return socket;
  }
  return undefined;
}

async function tryJoin(
  { id, pid, socket: place }: Announcement,
  request: JoinRequest,
  { prove, log }: JoinOptions,
): Promise<net.Socket | undefined> {
  const socket = net.connect(place).on('error', () => undefined);
  const late = setTimeout(() => socket.destroy(), HANDSHAKE_TIMEOUT);
  try {
    await once(socket, 'connect');
    const answer = await askToJoin(socket, id, request, prove);
    if (answer.joined) {
      log.info(`The gateway of process ${pid} serves "${request.server}" already, and this one has joined it.`);
      return socket;
    }
    log.info(
      `The gateway of process ${pid} serves "${request.server}" already, but it ${answer.why}. So this one starts the server itself.`,
    );
  } catch (error) {
    log.debug('A gateway could not be joined.', { pid, reason: error instanceof Error ? error.message : '' });
  } finally {
    clearTimeout(late);
  }
  socket.destroy();
  return undefined;
}
