/** The client of the language server, with requests that no trace shows the content of. Loaded when the server is first needed. */
import { LanguageClient, TransportKind, type MessageTransports } from 'vscode-languageclient/node';
import { SealedMessages } from './sealedMessages.ts';

export { TransportKind };

export class SealedClient extends LanguageClient {
  readonly #sealed = new SealedMessages();

  /** As `sendRequest`, for what may hold secrets: neither the parameters nor the result are traced. */
  async ask<Result>(method: string, params: unknown): Promise<Result> {
    return this.#sealed.open(await this.sendRequest(method, this.#sealed.seal(params))) as Result;
  }

  /** As `onRequest`, where the answer may hold secrets: it is not traced. */
  answer<Params>(method: string, handler: (params: Params) => Promise<unknown>): void {
    this.onRequest(method, async (params: Params) => this.#sealed.seal(await handler(params)));
  }

  protected override async createMessageTransports(encoding: string): Promise<MessageTransports> {
    return this.#sealed.around(await super.createMessageTransports(encoding));
  }
}
