/** Reads response bodies of bounded size: whole, or as server-sent events. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { UpstreamError } from '../errors.ts';
import { formatBytes } from '../oversize.ts';

/** Throws `UpstreamError` (`too-large`, or `died` when the stream breaks). */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(response)) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export interface EventSink {
  /** Returning `done` ends the reading: the rest of the stream is not wanted. */
  event(event: EventSourceMessage): 'done' | undefined;
  /** The server asks for so many milliseconds before a reconnection. */
  retry?(milliseconds: number): void;
}

/** Returns `done` when the sink said so, `ended` when the server ended the stream. */
export async function readEvents(response: Response, maxBytes: number, sink: EventSink): Promise<'done' | 'ended'> {
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
  for await (const chunk of chunksOf(response)) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (failure) throw failure;
    if (done) return 'done';
  }
  return 'ended';
}

/** Leaving the loop cancels the body. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  try {
    yield* response.body;
  } catch (error) {
    throw new UpstreamError('died', 'The connection broke while the server was answering.', {
      sent: true,
      cause: error,
    });
  }
}

function tooLarge(maxBytes: number): UpstreamError {
  const message = `The server's answer is larger than ${formatBytes(maxBytes)}, so it was dropped. Ask for less at once.`;
  return new UpstreamError('too-large', message, { sent: true });
}
