/**
 * The one gateway of this window: starts it as a process of its own, follows it, notices its end.
 * Shows nothing: views listen to its events, commands call it.
 */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { DecideAnswer, DecideRequest, PendingCall } from '../../../server/src/protocol/approval.ts';
import type { AuditRecord } from '../../../server/src/protocol/audit.ts';
import type { GrantAnswer, GrantRequest } from '../../../server/src/protocol/grant.ts';
import type {
  AcceptAnswer,
  AcceptRequest,
  LoginAnswer,
  ToolsReport,
  ValuesAnswer,
  ValuesRequest,
} from '../../../server/src/protocol/control.ts';
import type { LimitsReport } from '../../../server/src/protocol/limits.ts';
import type { AcceptToolsRequest, ReviewAnswer } from '../../../server/src/protocol/review.ts';
import { ControlChannel } from './control.ts';
import { Feed, type LoginEnd, type SecretChange } from './feed.ts';
import { gatewayCommand, newHello, type KeptSecrets, type LaunchPlan } from './launch.ts';
import { GatewayProcess, type GatewayExit } from './process.ts';
import { canStart, isLive, liveState, type GatewayState } from './state.ts';

export class Gateway {
  readonly #states = new vscode.EventEmitter<GatewayState>();
  readonly #records = new vscode.EventEmitter<AuditRecord>();
  readonly #toolLists = new vscode.EventEmitter<readonly ToolsReport[]>();
  readonly onDidChangeState = this.#states.event;
  readonly onDidRecord = this.#records.event;
  readonly #secretChanges = new vscode.EventEmitter<SecretChange>();
  readonly #approvals = new vscode.EventEmitter<readonly PendingCall[]>();
  readonly #loginEnds = new vscode.EventEmitter<LoginEnd>();
  readonly onDidChangeTools = this.#toolLists.event;
  /** What the gateway wants kept until the next one starts. */
  readonly onDidChangeSecret = this.#secretChanges.event;
  readonly onDidEndLogin = this.#loginEnds.event;
  /** All calls that wait for approval now. */
  readonly onDidChangeApprovals = this.#approvals.event;
  readonly log: vscode.LogOutputChannel;
  #state: GatewayState = { kind: 'stopped' };
  #tools: readonly ToolsReport[] = [];
  #startedAt = 0;
  #folder: string | undefined;
  #process: GatewayProcess | undefined;
  #feed: Feed | undefined;
  #channel: ControlChannel | undefined;

  constructor(log: vscode.LogOutputChannel) {
    this.log = log;
  }

  get state(): GatewayState {
    return this.#state;
  }

  /** Live tool lists by server; empty while no gateway runs. */
  get tools(): readonly ToolsReport[] {
    return this.#tools;
  }

  /** When this gateway was started, in milliseconds since the epoch: older records are history. */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Path of the workspace folder that the last one was started for. */
  get folder(): string | undefined {
    return this.#folder;
  }

  /** Resolves when it listens. Throws when it does not come up, also because `cancelled` fired; the state then says `failed` or `stopped`. */
  async start(plan: LaunchPlan, kept: KeptSecrets, cancelled: vscode.CancellationToken): Promise<void> {
    if (!canStart(this.#state)) return;
    this.#become({ kind: 'starting' });
    this.#startedAt = Date.now();
    this.#folder = plan.folder;
    const hello = newHello(kept);
    const command = gatewayCommand(plan, process.execPath, process.env);
    const started = new GatewayProcess(command, hello, ({ level, text }) => this.log[level](text));
    this.#process = started;
    void started.exited.then((exit) => this.#ended(started, exit));
    const cancel = cancelled.onCancellationRequested(() => void this.stop());
    try {
      await this.#follow(started, hello.controlToken);
    } finally {
      cancel.dispose();
    }
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    const running = this.#process;
    if (running === undefined) return this.#become({ kind: 'stopped' });
    this.#become({ kind: 'stopping' });
    this.#feed?.close();
    await running.stop();
  }

  /** The bearer token of the grant `local`, for clients on this machine. */
  async token(): Promise<string | undefined> {
    if (!isLive(this.#state)) return undefined;
    return (await readFile(this.#state.listening.tokenFile, 'utf8')).trim();
  }

  /** Begins a login to a server: the answer is an address to be shown, or why there is none. */
  async logIn(server: string): Promise<LoginAnswer> {
    return (await this.#channel?.login(server)) ?? {};
  }

  /** Forgets the tokens of a server. */
  async logOut(server: string): Promise<LoginAnswer> {
    return (await this.#channel?.logout(server)) ?? {};
  }

  /** Answers a call that waits for approval. */
  async decide(decision: DecideRequest): Promise<DecideAnswer> {
    const gone = vscode.l10n.t('The gateway is not running any more, so the call was denied.');
    return (await this.#channel?.decide(decision)) ?? { ok: false, problem: gone };
  }

  /** Lists, makes, rotates and revokes grants. */
  async grants(request: GrantRequest): Promise<GrantAnswer> {
    return (await this.#channel?.grants(request)) ?? { ok: false, ...notRunning() };
  }

  /** What is used of limits; `{}`: nothing is known. */
  async limits(): Promise<LimitsReport> {
    return (await this.#channel?.limits()) ?? {};
  }

  /** A person accepts an edit that waits. */
  async accept(accepted: AcceptRequest): Promise<AcceptAnswer> {
    return (await this.#channel?.accept(accepted)) ?? notRunning();
  }

  /** How a server's tools differ from those that are pinned, or why nothing has to be reviewed. */
  async review(server: string): Promise<ReviewAnswer> {
    return (await this.#channel?.review(server)) ?? notRunning();
  }

  /** A person accepts what a review has shown. */
  async acceptTools(accepted: AcceptToolsRequest): Promise<AcceptAnswer> {
    return (await this.#channel?.acceptTools(accepted)) ?? notRunning();
  }

  /** A person says whether values of arguments are kept. */
  async keepValues(wish: ValuesRequest): Promise<ValuesAnswer> {
    return (await this.#channel?.keepValues(wish)) ?? notRunning();
  }

  async #follow(started: GatewayProcess, controlToken: string): Promise<void> {
    const listening = await started.listening;
    const channel = new ControlChannel(listening.port, controlToken);
    const feed = new Feed(channel, {
      status: (status) => this.#become(liveState(listening, status)),
      record: (record) => this.#records.fire(record),
      tools: (reports) => this.#keepTools(reports),
      approvals: (calls) => this.#approvals.fire(calls),
      secret: (change) => this.#secretChanges.fire(change),
      login: (end) => this.#loginEnds.fire(end),
      problem: (message) => this.log.warn(message),
    });
    const status = await feed.open();
    if (this.#state.kind !== 'starting') return feed.close(); // Stopped meanwhile.
    this.#feed = feed;
    this.#channel = channel;
    this.#become(liveState(listening, status));
  }

  #ended(ended: GatewayProcess, exit: GatewayExit): void {
    if (this.#process !== ended) return;
    this.#process = undefined;
    this.#feed?.close();
    this.#feed = undefined;
    this.#channel = undefined;
    this.#keepTools([]);
    this.#approvals.fire([]);
    this.#become(this.#state.kind === 'stopping' ? { kind: 'stopped' } : { kind: 'failed', problem: whyEnded(exit) });
  }

  #keepTools(reports: readonly ToolsReport[]): void {
    this.#tools = reports;
    this.#toolLists.fire(reports);
  }

  #become(state: GatewayState): void {
    this.#state = state;
    this.#states.fire(state);
  }
}

const notRunning = (): { readonly problem: string } => ({ problem: vscode.l10n.t('The gateway is not running.') });

function whyEnded(exit: GatewayExit): string {
  if (exit.signal !== null) return vscode.l10n.t('It was ended by the signal {0}.', exit.signal);
  if (exit.lastWords !== '') return exit.lastWords;
  return vscode.l10n.t('It ended with exit code {0} and said nothing.', String(exit.code));
}
