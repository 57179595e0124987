/** Starts the gateway that serves HTTP, and stops all of it together. */
import type { Closeable } from '../ports.ts';
import type { ControlEvent, GatewayStatus, ValuesAnswer } from '../protocol/control.ts';
import type { State } from '../state/ports.ts';
import { acceptHeld } from './control/acceptances.ts';
import { ControlledApprovals } from './control/approvals.ts';
import { ControlChannel } from './control/channel.ts';
import { answerGrants } from './control/grants.ts';
import { acceptTools, reviewTools } from './control/reviews.ts';
import type { HeldSecrets } from './control/heldSecrets.ts';
import { limitsReport } from './control/limits.ts';
import { beginLogin, endLogin } from './control/logins.ts';
import { Core, type CoreOptions } from './core.ts';
import { HttpFace } from './http/face.ts';
import { hashToken } from './http/guards.ts';
import { listenSomewhere } from './http/port.ts';
import { reasonOf } from './rules/reason.ts';
import { statusOf, toolsReport } from './session/govern.ts';
import { withShared } from './session/sharedStatus.ts';
import type { GovernedServer } from './session/server.ts';
import type { MeetingPlace } from './sharing/meetingPlace.ts';
import { openMeetingPlace } from './sharing/share.ts';

export interface HttpGatewayOptions extends CoreOptions {
  /** An address; by default 127.0.0.1. */
  readonly host?: string;
  /** Absent: the port of last time where it is free, else any. A port that is given must be free. */
  readonly port?: number;
  /** Host names beside loopback's under which clients may address the gateway. */
  readonly allowedHosts?: readonly string[];
  /** Opens the control channel; known only to whoever started the gateway. */
  readonly controlToken?: string;
  /** Of logins, while whoever has the control token keeps them. */
  readonly secrets?: HeldSecrets;
  /** The state folder, where gateways on stdio find this one and join it; absent: none can. */
  readonly shareIn?: string;
}

export interface Gateway extends Closeable {
  readonly port: number;
  /** Endpoint by server name. */
  readonly urls: Readonly<Record<string, string>>;
  status(): GatewayStatus;
  /** Resolves when the control channel asks the gateway to stop. */
  readonly stopRequested: Promise<void>;
}

/** Serves every server at `/mcp/<server>`. Rejects with `StartError` or `StateError`. No upstream need be reachable. */
export async function startGateway(options: HttpGatewayOptions): Promise<Gateway> {
  const core = await Core.start(options);
  const running = new HttpGateway(core, options);
  try {
    await running.listen();
    return running;
  } catch (error) {
    await running.close();
    throw error;
  }
}

class HttpGateway implements Gateway {
  readonly stopRequested: Promise<void>;
  readonly #core: Core;
  readonly #options: HttpGatewayOptions;
  readonly #face: HttpFace;
  readonly #control: ControlChannel | undefined;
  #requestStop: () => void = () => undefined;
  #port = 0;
  readonly #end = new AbortController();
  #meetingPlace: MeetingPlace | undefined;

  constructor(core: Core, options: HttpGatewayOptions) {
    this.#core = core;
    this.#options = options;
    this.stopRequested = new Promise((resolve) => (this.#requestStop = resolve));
    this.#control = this.#openControl(options.state);
    const local = hashToken(options.state.localToken());
    this.#face = new HttpFace({
      servers: new Map(core.servers.map((server) => [server.name, server])),
      ...(options.state.sharing ? { refresh: () => options.state.sharing?.refresh() ?? Promise.resolve() } : {}),
      holders: () => core.grants.holders(local),
      reaches: (grantId, server) => core.grants.holds(grantId, server),
      allowedHosts: new Set((options.allowedHosts ?? []).map((name) => name.toLowerCase())),
      ...(this.#control ? { control: this.#control } : {}),
      clock: options.clock ?? Date.now,
      log: options.log,
    });
  }

  get port(): number {
    return this.#port;
  }

  get urls(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#core.servers.map((server) => [server.name, this.#urlOf(server)]));
  }

  async listen(): Promise<void> {
    const { host = '127.0.0.1', port, state } = this.#options;
    this.#core.listen({
      listed: (server) => {
        this.#face.toolsChanged(server);
        this.#meetingPlace?.toolsChanged(server);
      },
      status: (server) => this.#announce(server),
      changed: () => this.#emitStatus(),
      record: (record) => this.#control?.emit({ event: 'record', record }),
    });
    state.sharing?.listen(() => this.#emitStatus());
    this.#port = await listenSomewhere(this.#face, host, port, state);
    this.#meetingPlace = await openMeetingPlace(this.#core, this.#options);
    this.#core.readTools();
  }

  status(): GatewayStatus {
    const servers = this.#core.servers.map((server) => statusOf(server, this.#urlOf(server)));
    const { sharing } = this.#options.state;
    const held = this.#core.held();
    return {
      pid: process.pid,
      port: this.#port,
      ...withShared(servers, sharing),
      ...(held.length > 0 ? { held } : {}),
      ...(this.#core.needsRestart ? { needsRestart: true } : {}),
      values: this.#core.values.status(),
    };
  }

  async close(): Promise<void> {
    this.#end.abort();
    this.#control?.close();
    await this.#meetingPlace?.close();
    await this.#face.close();
    await this.#core.close();
  }

  #openControl(state: State): ControlChannel | undefined {
    const { controlToken, secrets, log, clock = Date.now } = this.#options;
    if (controlToken === undefined) return undefined;
    const find = (name: string): GovernedServer | undefined => this.#core.find(name);
    const emit = (event: ControlEvent): void => this.#control?.emit(event);
    if (secrets) secrets.onChange = emit;
    const approvals = new ControlledApprovals(this.#core.approvals, emit, log);
    return new ControlChannel(hashToken(controlToken), {
      status: () => this.status(),
      tools: (name) => this.#reportOf(find(name)),
      limits: () => limitsReport(state, clock, log),
      recentRecords: (limit) => state.audit.read({ limit }),
      stop: () => this.#requestStop(),
      login: (name) => beginLogin(name, { find, emit, signal: this.#end.signal }),
      logout: (name) => endLogin(name, { find }),
      secretChanges: () => secrets?.changes ?? [],
      pendingCalls: () => approvals.waiting(),
      decide: (body) => approvals.decide(body),
      accept: (body) => acceptHeld(body, (request) => this.#core.accept(request)),
      review: (name) => reviewTools(find(name)),
      acceptTools: (body) => acceptTools(body, find, log),
      grants: (body) => answerGrants(body, state.grants, clock, log),
      values: (body) => this.#answerValues(body),
      watched: (isWatched) => approvals.listening(isWatched),
    });
  }

  #answerValues(body: Buffer): ValuesAnswer {
    try {
      return this.#core.values.answer(body);
    } catch (error) {
      return { problem: reasonOf(error) };
    } finally {
      this.#emitStatus();
    }
  }

  #emitStatus(): void {
    if (this.#control?.hasReaders) this.#control.emit({ event: 'status', status: this.status() });
  }

  #announce(server: GovernedServer): void {
    this.#emitStatus();
    const report = this.#reportOf(server);
    if (report) this.#control?.emit({ event: 'tools', report });
  }

  #reportOf(server: GovernedServer | undefined): ReturnType<typeof toolsReport> {
    return server && toolsReport(server);
  }

  #urlOf({ name }: GovernedServer): string {
    const { host = '127.0.0.1' } = this.#options;
    // An address that stands for all of them is none to connect to.
    const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
    const authority = reachable.includes(':') ? `[${reachable}]` : reachable;
    return `http://${authority}:${this.#port}/mcp/${encodeURIComponent(name)}`;
  }
}
