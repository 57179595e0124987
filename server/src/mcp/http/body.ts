/** Reads response bodies of bounded size: whole, or as server-sent events. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { UpstreamError } from '../errors.ts';
import { formatBytes } from '../oversize.ts';
import type { Answer } from './exchange.ts';

/** Rejects with `UpstreamError` (`too-large`, or `died` when the connection breaks). */
export async function readText(answer: Answer, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  await read(answer, (chunk) => {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
    return undefined;
  });
  const [first = Buffer.alloc(0)] = chunks;
  return (chunks.length > 1 ? Buffer.concat(chunks) : first).toString('utf8');
}

export interface EventSink {
  /** Returning `done` ends the reading: the rest of the stream is not wanted. */
  event(event: EventSourceMessage): 'done' | undefined;
  /** The server asks for so many milliseconds before a reconnection. */
  retry?(milliseconds: number): void;
}

/** Resolves with `done` when the sink said so, with `ended` when the server ended the stream. Rejects as `readText` does. */
export async function readEvents(answer: Answer, maxBytes: number, sink: EventSink): Promise<'done' | 'ended'> {
  let done = false;
  let failure: UpstreamError | undefined;
  const parser = createParser({
    maxBufferSize: maxBytes,
    onEvent: (event) => {
      if (!done) done = sink.event(event) === 'done';
    },
    onRetry: (milliseconds) => sink.retry?.(milliseconds),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') failure = tooLarge(maxBytes);
    },
  });
  const decoder = new TextDecoder();
  return read(answer, (chunk) => {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (failure) throw failure;
    return done ? 'done' : undefined;
  });
}

async function read(answer: Answer, take: (chunk: Buffer) => 'done' | undefined): Promise<'done' | 'ended'> {
  try {
    return await answer.read(take);
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    throw new UpstreamError('died', 'The connection broke while the server was answering.', { sent: true, cause });
  }
}

function tooLarge(maxBytes: number): UpstreamError {
  const message = `The server's answer is larger than ${formatBytes(maxBytes)}, so it was dropped. Ask for less at once.`;
  return new UpstreamError('too-large', message, { sent: true });
}
