/**
 * The open connections. Whoever has not shown a token yet has little time to do so and makes room when there are too many, the eldest
 * first: so nobody without a token can keep out those who have one. Must not know what a token is.
 */
import type { Socket } from 'node:net';

const MAX_CONNECTIONS = 512;
/** From the connection to the first request that shows a token. */
const STRANGER_MILLISECONDS = 10_000;

export class Connections {
  readonly #open = new Set<Socket>();
  /** Those without a token yet, the eldest first. */
  readonly #strangers = new Map<Socket, NodeJS.Timeout>();

  add(socket: Socket): void {
    this.#open.add(socket);
    this.#strangers.set(socket, setTimeout(() => this.#end(socket), STRANGER_MILLISECONDS).unref());
    socket.once('close', () => this.#forget(socket));
    if (this.#open.size <= MAX_CONNECTIONS) return;
    // The newcomer itself where all others have shown theirs.
    const [eldest = socket] = this.#strangers.keys();
    this.#end(eldest);
  }

  /** A request over it has shown a token. */
  trust(socket: Socket): void {
    clearTimeout(this.#strangers.get(socket));
    this.#strangers.delete(socket);
  }

  #end(socket: Socket): void {
    this.#forget(socket);
    socket.destroy();
  }

  #forget(socket: Socket): void {
    this.trust(socket);
    this.#open.delete(socket);
  }
}
