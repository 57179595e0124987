/**
 * Messages that may hold secrets, kept out of the protocol's trace: the connection and its tracer see a number, and the content is put in its place
 * between them and the transport. Knows nothing of `vscode`, and nothing of what the messages say.
 */
import type { Message, MessageReader, MessageTransports, MessageWriter } from 'vscode-languageclient';

/** Stands for a content that was sealed; has nothing of it. */
export interface Sealed {
  readonly sealed: number;
}

export class SealedMessages {
  readonly #contents = new Map<number, unknown>();
  /** Requests with sealed parameters: what answers them is sealed too. */
  readonly #awaited = new Set<number | string>();
  #count = 0;

  seal(content: unknown): Sealed {
    this.#count += 1;
    this.#contents.set(this.#count, content);
    return { sealed: this.#count };
  }

  /** Each can be opened once; what was never sealed is given back as it is. */
  open(content: unknown): unknown {
    if (!isSealed(content) || !this.#contents.has(content.sealed)) return content;
    const opened = this.#contents.get(content.sealed);
    this.#contents.delete(content.sealed);
    return opened;
  }

  /** The same transports for a connection that is to see seals only. */
  around(transports: MessageTransports): MessageTransports {
    return { ...transports, reader: this.#reading(transports.reader), writer: this.#writing(transports.writer) };
  }

  #reading(reader: MessageReader): MessageReader {
    return {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      listen: (callback) => reader.listen((message) => callback(this.#arriving(message))),
      dispose: () => reader.dispose(),
    };
  }

  #writing(writer: MessageWriter): MessageWriter {
    return {
      onError: writer.onError,
      onClose: writer.onClose,
      write: (message) => writer.write(this.#leaving(message)),
      end: () => writer.end(),
      dispose: () => writer.dispose(),
    };
  }

  #arriving(message: RpcMessage): Message {
    if (message.method !== undefined || !this.#awaited.delete(message.id ?? '')) return message;
    return 'result' in message ? withContent(message, { result: this.seal(message.result) }) : message;
  }

  /** A copy: the tracer shows the message itself, before or after it is written. */
  #leaving(message: RpcMessage): Message {
    if (isSealed(message.result)) return withContent(message, { result: this.open(message.result) });
    if (!isSealed(message.params)) return message;
    if (message.id !== undefined) this.#awaited.add(message.id);
    return withContent(message, { params: this.open(message.params) });
  }
}

/** Requests, notifications and responses in one: what stands in a message says which it is. */
interface RpcMessage extends Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

const withContent = (message: RpcMessage, content: Pick<RpcMessage, 'params' | 'result'>): Message =>
  Object.assign({ ...message }, content);

const isSealed = (content: unknown): content is Sealed =>
  typeof content === 'object' && content !== null && typeof (content as Partial<Sealed>).sealed === 'number';
