/**
 * How a gateway that joins another (join.ts) and the one that is joined (meetingPlace.ts) know each other: each proves with a keyed digest over
 * both sides' random numbers that it belongs to the same state folder, the one that is joined first. Four lines of JSON, then MCP on stdio's terms.
 *
 *     joiner → owner   { nonce }
 *     owner → joiner   { nonce, proof }
 *     joiner → owner   { server, grant, session, likeness, proof }
 *     owner → joiner   { joined: true } or { refused: why }
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Likeness } from './likeness.ts';

/** Makes a digest that only gateways of this state folder can make. */
export type Prove = (text: string) => string;

export interface JoinRequest {
  readonly server: string;
  /** How the joiner's client is called in the log. */
  readonly grant: string;
  /** Names the session in records and counters; the joiner goes on under it when it has to go on alone. */
  readonly session: string;
  readonly likeness: Likeness;
}

export type JoinAnswer = { readonly joined: true } | { readonly joined: false; readonly why: string };

const MAX_LINE = 16 * 1024;

/** The joiner's side. Rejects when the other side does not prove itself: then it has learned nothing but a random number. */
export async function askToJoin(socket: Socket, id: string, request: JoinRequest, prove: Prove): Promise<JoinAnswer> {
  const own = newNonce();
  writeLine(socket, { nonce: own });
  const { nonce, proof } = await readLine(socket);
  const both = [id, own, String(nonce)];
  if (!isProof(proof, ownerProof(both, prove))) throw new Error('The other side does not know the key.');
  const text = JSON.stringify(request);
  writeLine(socket, { request: text, proof: joinerProof(both, text, prove) });
  const answer = await readLine(socket);
  if (answer['joined'] === true) return { joined: true };
  return { joined: false, why: typeof answer['refused'] === 'string' ? answer['refused'].slice(0, 200) : 'refuses' };
}

/** The owner's side, up to its answer. Rejects when the other side does not prove itself. */
export async function hearJoiner(socket: Socket, id: string, prove: Prove): Promise<JoinRequest> {
  const first = await readLine(socket);
  const own = newNonce();
  const both = [id, String(first['nonce']), own];
  writeLine(socket, { nonce: own, proof: ownerProof(both, prove) });
  const { request, proof } = await readLine(socket);
  const text = String(request);
  if (!isProof(proof, joinerProof(both, text, prove))) throw new Error('The other side does not know the key.');
  // Written by a gateway that has the key.
  return JSON.parse(text) as JoinRequest;
}

export function answerJoiner(socket: Socket, answer: JoinAnswer): void {
  writeLine(socket, answer.joined ? { joined: true } : { refused: answer.why });
}

const newNonce = (): string => randomBytes(32).toString('base64url');

/** One side's proof never passes for the other's. */
const ownerProof = (both: readonly string[], prove: Prove): string => prove(JSON.stringify(['joined', ...both]));
const joinerProof = (both: readonly string[], request: string, prove: Prove): string =>
  prove(JSON.stringify(['joins', ...both, request]));

function isProof(claimed: unknown, expected: string): boolean {
  const [a, b] = [Buffer.from(String(claimed)), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function writeLine(socket: Socket, value: object): void {
  socket.write(`${JSON.stringify(value)}\n`);
}

/** Leaves what follows the line to the next reader, and the socket paused. Rejects when the socket ends, or the line is none of ours. */
async function readLine(socket: Socket): Promise<Readonly<Record<string, unknown>>> {
  return parseLine(await nextLine(socket));
}

function nextLine(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    const stop = (): void => void socket.off('data', take).off('close', fail).pause();
    const fail = (): void => {
      stop();
      reject(new Error('The other side ended the conversation.'));
    };
    const take = (chunk: Buffer): void => {
      held = Buffer.concat([held, chunk]);
      const end = held.indexOf('\n');
      if (end < 0 && held.length < MAX_LINE) return;
      stop();
      if (end >= 0 && end + 1 < held.length) socket.unshift(held.subarray(end + 1));
      resolve(held.subarray(0, Math.max(end, 0)));
    };
    socket.on('data', take).once('close', fail).resume();
    if (socket.destroyed) fail();
  });
}

function parseLine(bytes: Buffer): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new Error('The other side speaks something else.');
}
