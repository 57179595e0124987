/** Reads a request body up to a limit. Slow senders are ended by the server's own request time-out. */
import type { IncomingMessage } from 'node:http';
import { MAX_FRAME_BYTES } from '../message/frame.ts';
import type { Refusal } from './headers.ts';

/** So much of a body that is too large is read and thrown away: a sender that is cut off while sending never reads why. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

const tooLarge: Refusal = {
  status: 413,
  message: 'The body is larger than 4 MiB.',
  headers: { connection: 'close' },
};

export type BodyReading =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly refusal: Refusal };

/** Rejects when the connection breaks before the body is complete. */
export function readBody(request: IncomingMessage): Promise<BodyReading> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_FRAME_BYTES) return void chunks.push(chunk);
      chunks = [];
      if (size > MAX_DISCARDED_BYTES) request.destroy();
    });
    request.on('end', () => {
      const [first = Buffer.alloc(0)] = chunks;
      if (size > MAX_FRAME_BYTES) resolve({ ok: false, refusal: tooLarge });
      else resolve({ ok: true, bytes: chunks.length > 1 ? Buffer.concat(chunks) : first });
    });
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new Error('The connection was closed before the body was complete.'));
    });
  });
}
