/** Reads a request body up to a limit. Slow senders are ended by the server's own request time-out. */
import type { IncomingMessage } from 'node:http';
import { MAX_FRAME_BYTES } from '../message/frame.ts';
import type { Refusal } from './headers.ts';

const tooLarge: Refusal = {
  status: 413,
  message: 'The body is larger than 4 MiB.',
  headers: { connection: 'close' },
};

export type BodyReading =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly refusal: Refusal };

/** Rejects when the connection breaks before the body is complete. */
export function readBody(request: IncomingMessage): Promise<BodyReading> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_FRAME_BYTES)
    return Promise.resolve({ ok: false, refusal: tooLarge });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_FRAME_BYTES) return void chunks.push(chunk);
      request.pause();
      resolve({ ok: false, refusal: tooLarge });
    });
    request.on('end', () =>
      resolve({ ok: true, bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) }),
    );
    request.on('error', reject);
    request.on('close', () => reject(new Error('The connection was closed before the body was complete.')));
  });
}
