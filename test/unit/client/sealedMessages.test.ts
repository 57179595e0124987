/** Two real connections with a verbose trace: what is sealed arrives, and the trace never had it. */
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  Trace,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { SealedMessages } from '../../../client/src/language/sealedMessages.ts';
import { formsIn, plant } from '../../support/hunt.ts';

let sealed: SealedMessages;
let client: MessageConnection;
let server: MessageConnection;
let traced: string[];

beforeEach(async () => {
  const [there, back] = [new PassThrough(), new PassThrough()];
  sealed = new SealedMessages();
  const transports = { reader: new StreamMessageReader(back), writer: new StreamMessageWriter(there) };
  const { reader, writer } = sealed.around(transports);
  client = createMessageConnection(reader, writer);
  server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  traced = [];
  client.listen();
  server.listen();
  await client.trace(Trace.Verbose, { log: (...parts: unknown[]) => void traced.push(JSON.stringify(parts)) });
});

afterEach(() => {
  client.dispose();
  server.dispose();
});

const ask = async (params: unknown): Promise<unknown> =>
  sealed.open(await client.sendRequest('echo', sealed.seal(params)));

describe('sealed messages', () => {
  it('arrive whole, both ways, and are in no line of the trace', async () => {
    const secret = plant();
    server.onRequest('echo', (params: { text: string }) => ({ said: params.text }));

    expect(await ask({ text: secret })).toEqual({ said: secret });

    expect(traced.join('\n')).toMatch(/Sending request 'echo[\s\S]*Received response 'echo/);
    expect(formsIn(traced.join('\n'), secret)).toEqual([]);
  });

  it('may be answers to what the server asks', async () => {
    const secret = plant();
    client.onRequest('question', () => sealed.seal({ value: secret }));

    expect(await server.sendRequest('question', { id: 'key' })).toEqual({ value: secret });

    expect(traced.join('\n')).toContain("Sending response 'question");
    expect(formsIn(traced.join('\n'), secret)).toEqual([]);
  });

  it('leave an answer of null, an error and the next request as they are', async () => {
    server.onRequest('echo', (params: unknown) => {
      if (params === 'fail') throw new Error('no');
      return params;
    });
    expect(await ask(null)).toBeNull();
    await expect(ask('fail')).rejects.toThrow('no');
    expect(await client.sendRequest('echo', { plain: true })).toEqual({ plain: true });
    expect(traced.join('\n')).toContain('plain');
  });

  it('can be opened once, and only by whoever sealed them', () => {
    const seal = sealed.seal('text');
    expect(new SealedMessages().open(seal)).toBe(seal);
    expect(sealed.open(seal)).toBe('text');
    expect(sealed.open(seal)).toBe(seal);
  });
});
