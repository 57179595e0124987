/**
 * The client's end of a gateway's control channel: status, tool lists, and a stream of events that is reopened when it breaks.
 * Loopback HTTP with the control token; knows nothing of `vscode`.
 */
import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { DecideAnswer, DecideRequest } from '../../../server/src/protocol/approval.ts';
import type { GrantAnswer, GrantRequest } from '../../../server/src/protocol/grant.ts';
import type { LimitsReport } from '../../../server/src/protocol/limits.ts';
import {
  controlRoutes,
  type AcceptAnswer,
  type AcceptRequest,
  type ControlEvent,
  type GatewayStatus,
  type LoginAnswer,
  type ToolsReport,
  type ValuesAnswer,
  type ValuesRequest,
} from '../../../server/src/protocol/control.ts';
import type { AcceptToolsRequest, ReviewAnswer } from '../../../server/src/protocol/review.ts';

const REQUEST_TIMEOUT = 10_000;
/** The gateway asks several servers, each for up to 15 s, before it knows the address. */
const LOGIN_TIMEOUT = 120_000;
/** Milliseconds before the event stream is opened again: doubled up to the second figure, reset by an event. */
const RETRY = { first: 200, longest: 5_000 };

export class ControlError extends Error {
  readonly code = 'control-channel';
}

interface Sending {
  readonly method?: string;
  readonly body?: string;
  /** Milliseconds. */
  readonly timeout?: number;
}

export class ControlChannel {
  readonly #port: number;
  readonly #token: string;

  constructor(port: number, token: string) {
    this.#port = port;
    this.#token = token;
  }

  async status(): Promise<GatewayStatus> {
    return (await this.#get(controlRoutes.status)) as GatewayStatus;
  }

  async tools(server: string): Promise<ToolsReport> {
    return (await this.#get(about(controlRoutes.tools, server))) as ToolsReport;
  }

  async limits(): Promise<LimitsReport> {
    return (await this.#get(controlRoutes.limits)) as LimitsReport;
  }

  /** Begins a login: the answer is an address to be shown, or why there is none. */
  async login(server: string): Promise<LoginAnswer> {
    return await this.#ask(controlRoutes.login, server);
  }

  async logout(server: string): Promise<LoginAnswer> {
    return await this.#ask(controlRoutes.logout, server);
  }

  /** Answers a call that waits for approval. */
  async decide(decision: DecideRequest): Promise<DecideAnswer> {
    return (await this.#post(controlRoutes.decide, decision)) as DecideAnswer;
  }

  async grants(request: GrantRequest): Promise<GrantAnswer> {
    return (await this.#post(controlRoutes.grants, request)) as GrantAnswer;
  }

  /** A person accepts an edit that waits. */
  async accept(accepted: AcceptRequest): Promise<AcceptAnswer> {
    return (await this.#post(controlRoutes.accept, accepted)) as AcceptAnswer;
  }

  /** A person says whether values of arguments are kept. */
  async keepValues(wish: ValuesRequest): Promise<ValuesAnswer> {
    return (await this.#post(controlRoutes.values, wish)) as ValuesAnswer;
  }

  /** How a server's tools differ from those that are pinned, or why nothing has to be reviewed. */
  async review(server: string): Promise<ReviewAnswer> {
    return (await this.#get(about(controlRoutes.review, server))) as ReviewAnswer;
  }

  /** A person accepts what a review has shown. */
  async acceptTools(accepted: AcceptToolsRequest): Promise<AcceptAnswer> {
    return (await this.#post(controlRoutes.acceptTools, accepted)) as AcceptAnswer;
  }

  /** Passes on events until `signal` aborts, over as many connections as it takes. */
  async follow(onEvent: (event: ControlEvent) => void, signal: AbortSignal): Promise<void> {
    let delay = RETRY.first;
    while (!signal.aborted) {
      const heard = await this.#followOnce(onEvent, signal).catch(() => false);
      delay = heard ? RETRY.first : Math.min(delay * 2, RETRY.longest);
      await pause(delay, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One connection, from its first to its last line. True when it brought an event. */
  async #followOnce(onEvent: (event: ControlEvent) => void, signal: AbortSignal): Promise<boolean> {
    const response = await this.#open(controlRoutes.events, signal);
    response.socket.setTimeout(0); // Silence is ordinary here.
    let heard = false;
    for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
      if (line === '' || signal.aborted) continue;
      onEvent(JSON.parse(line) as ControlEvent);
      heard = true;
    }
    return heard;
  }

  async #get(route: string): Promise<unknown> {
    return JSON.parse(await this.#text(route));
  }

  async #post(route: string, content: object): Promise<unknown> {
    return JSON.parse(await this.#text(route, { method: 'POST', body: JSON.stringify(content) }));
  }

  async #ask(route: string, server: string): Promise<LoginAnswer> {
    const sending = { method: 'POST', timeout: LOGIN_TIMEOUT };
    return JSON.parse(await this.#text(about(route, server), sending)) as LoginAnswer;
  }

  async #text(route: string, { timeout = REQUEST_TIMEOUT, ...sending }: Sending = {}): Promise<string> {
    const response = await this.#open(route, AbortSignal.timeout(timeout), sending);
    response.setEncoding('utf8');
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  }

  #open(route: string, signal: AbortSignal, { method = 'GET', body }: Sending = {}): Promise<IncomingMessage> {
    const options = { method, path: route, headers: { authorization: `Bearer ${this.#token}` }, signal };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.#port, ...options }, (response) => {
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) return resolve(response);
        response.resume();
        reject(new ControlError(`The gateway answered ${String(status)} to ${route}.`));
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }
}

const about = (route: string, server: string): string => `${route}?server=${encodeURIComponent(server)}`;
