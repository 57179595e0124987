/**
 * The control channel (protocol/control.ts): status, tool lists, events, approvals and stop, for the process that started the gateway.
 * Opened by its own token alone; a grant token never does. It never changes what a policy decides; which policy is in force, only as a person says.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DecideAnswer, PendingCall } from '../../protocol/approval.ts';
import type { AuditRecord } from '../../protocol/audit.ts';
import {
  controlRoutes,
  type AcceptAnswer,
  type ControlEvent,
  type GatewayStatus,
  type LoginAnswer,
  type ToolsReport,
  type ValuesAnswer,
} from '../../protocol/control.ts';
import type { GrantAnswer } from '../../protocol/grant.ts';
import type { LimitsReport } from '../../protocol/limits.ts';
import type { ReviewAnswer } from '../../protocol/review.ts';
import { readBody } from '../http/body.ts';
import type { TokenHolder } from '../grants/registry.ts';
import { authenticate } from '../http/guards.ts';
import type { Headers } from '../http/headers.ts';
import { refuse } from '../http/refuse.ts';

export interface ControlSource {
  status(): GatewayStatus;
  /** `undefined`: no such server, or its tools are not known yet. */
  tools(server: string): ToolsReport | undefined;
  limits(): LimitsReport;
  /** The newest records, oldest first: what a reader that has just connected shall see. */
  recentRecords(limit: number): readonly AuditRecord[];
  stop(): void;
  login(server: string): Promise<LoginAnswer>;
  logout(server: string): Promise<LoginAnswer>;
  /** Changes of secrets that a reader may have missed. */
  secretChanges(): readonly ControlEvent[];
  /** Calls that wait for approval. */
  pendingCalls(): Promise<readonly PendingCall[]>;
  /** `body`: a DecideRequest, as it came. */
  decide(body: Buffer): Promise<DecideAnswer>;
  /** `body`: a GrantRequest, as it came. */
  grants(body: Buffer): Promise<GrantAnswer>;
  /** `body`: an AcceptRequest, as it came. */
  accept(body: Buffer): Promise<AcceptAnswer>;
  review(server: string): ReviewAnswer;
  /** `body`: an AcceptToolsRequest, as it came. */
  acceptTools(body: Buffer): AcceptAnswer;
  /** `body`: a ValuesRequest, as it came. */
  values(body: Buffer): ValuesAnswer;
  /** The first reader of events has come, or the last one has gone. */
  watched(isWatched: boolean): void;
}

/** A reader that does not read is cut off before its backlog fills our memory. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;

const RECENT_RECORDS = 500;

export class ControlChannel {
  readonly #holder: TokenHolder;
  readonly #source: ControlSource;
  readonly #readers = new Set<ServerResponse>();

  /** `tokenHash`: SHA-256 of the control token. */
  constructor(tokenHash: Buffer, source: ControlSource) {
    this.#holder = { grant: { id: 'control', label: 'control' }, tokenHash };
    this.#source = source;
  }

  /** `false`: the request did not show the control token, and was refused. */
  serve(request: IncomingMessage, response: ServerResponse, headers: Headers, path: string): boolean {
    const isKnown = authenticate(headers, [this.#holder]) !== undefined;
    if (isKnown) this.#route(request, response, path);
    else refuse(response, { status: 401, message: 'The control token is needed.' });
    return isKnown;
  }

  emit(event: ControlEvent): void {
    if (this.#readers.size === 0) return;
    const line = `${JSON.stringify(event)}\n`;
    for (const reader of this.#readers) {
      reader.write(line);
      if (reader.writableLength > MAX_UNREAD_BYTES) reader.destroy();
    }
  }

  get hasReaders(): boolean {
    return this.#readers.size > 0;
  }

  close(): void {
    for (const reader of this.#readers) reader.end();
    if (this.#readers.size > 0) this.#source.watched(false);
    this.#readers.clear();
  }

  #route(request: IncomingMessage, response: ServerResponse, path: string): void {
    switch (`${request.method} ${path}`) {
      case `GET ${controlRoutes.status}`:
        return writeJson(response, this.#source.status());
      case `GET ${controlRoutes.tools}`:
        return this.#tools(request, response);
      case `GET ${controlRoutes.review}`:
        return writeJson(response, this.#source.review(serverIn(request)));
      case `GET ${controlRoutes.limits}`:
        return writeJson(response, this.#source.limits());
      case `GET ${controlRoutes.events}`:
        return void this.#stream(response);
      case `POST ${controlRoutes.stop}`:
        response.writeHead(204).end();
        return this.#source.stop();
      case `POST ${controlRoutes.login}`:
        return void this.#source.login(serverIn(request)).then((answer) => writeJson(response, answer));
      case `POST ${controlRoutes.logout}`:
        return void this.#source.logout(serverIn(request)).then((answer) => writeJson(response, answer));
      case `POST ${controlRoutes.decide}`:
        return void this.#post(request, response, (body) => this.#source.decide(body));
      case `POST ${controlRoutes.accept}`:
        return void this.#post(request, response, (body) => this.#source.accept(body));
      case `POST ${controlRoutes.acceptTools}`:
        return void this.#post(request, response, (body) => this.#source.acceptTools(body));
      case `POST ${controlRoutes.values}`:
        return void this.#post(request, response, (body) => this.#source.values(body));
      case `POST ${controlRoutes.grants}`:
        return void this.#post(request, response, (body) => this.#source.grants(body));
      default:
        return refuse(response, { status: 404, message: 'There is no such control route.' });
    }
  }

  #tools(request: IncomingMessage, response: ServerResponse): void {
    const report = this.#source.tools(serverIn(request));
    if (report) writeJson(response, report);
    else refuse(response, { status: 404, message: 'There is no such server, or its tools are not known yet.' });
  }

  async #post(request: IncomingMessage, response: ServerResponse, answer: (body: Buffer) => unknown): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (body?.ok) writeJson(response, await answer(body.bytes));
    else if (body) refuse(response, body.refusal);
  }

  async #stream(response: ServerResponse): Promise<void> {
    const calls = await this.#source.pendingCalls();
    if (response.destroyed) return;
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    response.on('close', () => {
      if (this.#readers.delete(response) && this.#readers.size === 0) this.#source.watched(false);
    });
    if (this.#readers.size === 0) this.#source.watched(true);
    const first: ControlEvent[] = [
      { event: 'status', status: this.#source.status() },
      ...this.#source.secretChanges(),
      { event: 'approvals', calls },
      ...this.#source.recentRecords(RECENT_RECORDS).map((record) => ({ event: 'record', record }) as const),
    ];
    response.write(first.map((event) => `${JSON.stringify(event)}\n`).join(''));
    this.#readers.add(response);
  }
}

function serverIn({ url = '' }: IncomingMessage): string {
  return new URL(url, 'http://localhost').searchParams.get('server') ?? '';
}

function writeJson(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
