/**
 * Where a gateway that stays lets others join it, on a socket for this user alone: a client that starts a gateway on stdio is then served by the
 * one that runs already. What comes over the socket is judged here as what comes from any client; the joiner only carries it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Closeable, Log } from '../../ports.ts';
import { isRunning } from '../../state/index.ts';
import type { GrantRegistry } from '../grants/registry.ts';
import type { GovernedServer } from '../session/server.ts';
import { StdioFace } from '../stdio/face.ts';
import { announce, announcementsIn, withdraw } from './announcement.ts';
import { answerJoiner, hearJoiner, type JoinRequest, type Prove } from './handshake.ts';
import { differenceOf, type Likeness } from './likeness.ts';

const HANDSHAKE_TIMEOUT = 5_000;
const MAX_JOINED = 64;

/** One of the gateway's servers, and what another gateway's must be like. */
export interface SharedServer {
  readonly server: GovernedServer;
  readonly likeness: Likeness;
}

export interface MeetingPlaceOptions {
  /** The state folder. */
  readonly state: string;
  readonly servers: ReadonlyMap<string, SharedServer>;
  readonly grants: Pick<GrantRegistry, 'named' | 'holds'>;
  readonly prove: Prove;
  readonly log: Log;
}

export class MeetingPlace implements Closeable {
  readonly #options: MeetingPlaceOptions;
  readonly #id = randomUUID();
  readonly #socket = socketPath(this.#id);
  readonly #listener = net.createServer((socket) => void this.#welcome(socket));
  readonly #sockets = new Set<net.Socket>();
  readonly #faces = new Map<StdioFace, GovernedServer>();

  constructor(options: MeetingPlaceOptions) {
    this.#options = options;
  }

  /** Rejects with the error of the file system or of `listen`. */
  async open(): Promise<void> {
    const { state, servers } = this.#options;
    clearAway(state);
    await new Promise<void>((resolve, reject) => {
      this.#listener.once('error', reject).listen(this.#socket, () => resolve());
    });
    const names = [...servers.keys()];
    announce(state, { id: this.#id, pid: process.pid, startedAt: Date.now(), socket: this.#socket, servers: names });
  }

  /** Told when an edit of the policy changes which tools of a server are listed. */
  toolsChanged(server: GovernedServer): void {
    for (const [face, each] of this.#faces) if (each === server) face.toolsChanged();
  }

  async close(): Promise<void> {
    withdraw(this.#options.state, this.#id);
    for (const face of this.#faces.keys()) face.close();
    this.#faces.clear();
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    removeSocket(this.#socket);
  }

  async #welcome(socket: net.Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    if (this.#sockets.size > MAX_JOINED) return void socket.destroy();
    const late = setTimeout(() => socket.destroy(), HANDSHAKE_TIMEOUT);
    try {
      this.#admit(socket, await hearJoiner(socket, this.#id, this.#options.prove));
    } catch (error) {
      this.#options.log.debug('Somebody did not join.', { reason: error instanceof Error ? error.message : '' });
      socket.destroy();
    } finally {
      clearTimeout(late);
    }
  }

  #admit(socket: net.Socket, { server, grant: label, session, likeness }: JoinRequest): void {
    const { grants } = this.#options;
    const grant = grants.named(label);
    const shared = this.#options.servers.get(server);
    const why = shared ? differenceOf(shared.likeness, likeness) : 'does not serve it';
    if (!shared || why !== undefined || !grant || !grants.holds(grant.id, server)) {
      answerJoiner(socket, { joined: false, why: why ?? 'does not admit this grant' });
      return void socket.end();
    }
    answerJoiner(socket, { joined: true });
    const leave = (): void => {
      this.#faces.delete(face);
      face.close();
      socket.end();
    };
    const to = { input: socket, output: socket, onEnd: leave };
    const face = new StdioFace({ server: shared.server, grant, session, ...to });
    this.#faces.set(face, shared.server);
    socket.once('close', leave).resume();
  }
}

/** The path of a Unix socket may have about 100 characters, fewer than most state folders have: so it lies in a folder of its own for this user alone. */
function socketPath(id: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\portcullis-${id}`;
  return path.join(mkdtempSync(path.join(os.tmpdir(), 'portcullis-')), 's');
}

function removeSocket(socket: string): void {
  if (process.platform === 'win32') return;
  try {
    rmSync(socket, { force: true });
    rmdirSync(path.dirname(socket));
  } catch {
    // Removed by somebody else, or not ours.
  }
}

/** What gateways that were killed have left. */
function clearAway(state: string): void {
  for (const { id, pid, socket } of announcementsIn(state)) {
    if (isRunning(pid)) continue;
    withdraw(state, id);
    if (path.basename(path.dirname(socket)).startsWith('portcullis-')) removeSocket(socket);
  }
}
