/**
 * A state whose counters, approvals and grants are shared with the gateways of other machines; the audit log stays on this one. A call is counted there
 * first and then recorded here: where the record fails it is given back. Must not let a call through that was counted nowhere.
 */
import type { KeyObject } from 'node:crypto';
import type { Log } from '../../ports.ts';
import type { Charge, JsonObject, Reservation, Reserving } from '../../policy/index.ts';
import type { Decided } from '../../protocol/audit.ts';
import { deriveKey, hmac } from '../audit/chain.ts';
import { canonicalText } from '../canonical.ts';
import { StateError } from '../error.ts';
import type { ApprovalStore } from '../approvalPorts.ts';
import type { AuditLog, Counters, EmbeddedState, GrantStore, Sharing, State, ValueStore } from '../ports.ts';
import { SharedAcceptances } from './acceptances.ts';
import type { SharedAddress } from './address.ts';
import { RedisApprovals } from './approvals.ts';
import { RedisCounters } from './counters.ts';
import { SharedGrants } from './grants.ts';
import { Ledger } from './ledger.ts';
import { RedisLink, type LinkTiming } from './link.ts';

/** What becomes of calls with limits while the shared state is lost: denied, or counted by each gateway for itself. */
export type WhenLost = 'deny' | 'count-locally';

export interface SharedOptions {
  readonly address: SharedAddress;
  /** As `readSharedKey` reads it. */
  readonly key: string;
  readonly whenLost: WhenLost;
  /** Opens also one that is not as it was known, so that a person can look at it. */
  readonly mayBeReplaced?: boolean;
  readonly log: Log;
  readonly timing?: Partial<LinkTiming>;
}

/** Where no call asks, streams of a revoked grant end after this at the latest. */
const POLL_MILLISECONDS = 1_000;

const meanwhile: Readonly<Record<WhenLost, string>> = {
  deny: 'Nobody is let in, and calls are denied,',
  'count-locally':
    'This gateway counts limits for itself, so several gateways together may exceed them, and goes by the grants that it knows,',
};

export class SharedState implements State {
  readonly counters: Counters;
  readonly audit: AuditLog;
  readonly approvals: ApprovalStore;
  readonly grants: GrantStore;
  readonly values: ValueStore;
  readonly sharing: Sharing;
  readonly #argumentsKey: KeyObject;
  readonly #signingKey: KeyObject;
  readonly #ledger: Ledger;
  readonly #poll: NodeJS.Timeout;
  readonly #local: EmbeddedState;
  readonly #link: RedisLink;
  readonly #shared: RedisCounters;
  readonly #options: SharedOptions;
  /** Reservations that were made on this machine, and are given back here. */
  readonly #ownReservations = new WeakSet<Reservation>();

  private constructor(local: EmbeddedState, link: RedisLink, ledger: Ledger, options: SharedOptions) {
    this.#local = local;
    this.#link = link;
    this.#ledger = ledger;
    this.#shared = new RedisCounters(link, { time: 'server', birth: () => ledger.birth });
    this.#options = options;
    this.#argumentsKey = deriveKey(options.key, 'arguments');
    this.#signingKey = deriveKey(options.key, 'signatures');
    this.audit = local.audit;
    this.values = local.values;
    this.approvals = new RedisApprovals(link, deriveKey(options.key, 'approvals'));
    this.grants = new SharedGrants(ledger, local.grants);
    this.sharing = this.#sharing();
    this.#poll = setInterval(() => void ledger.refresh().catch(() => undefined), POLL_MILLISECONDS).unref();
    this.counters = {
      probe: (charges, at) => this.#probe(charges, at),
      release: (reservation) => this.#release(reservation),
    };
  }

  /** `local` is closed with it. Rejects with `StateError` when the shared state cannot be reached; `local` is then still open. */
  static async open(local: EmbeddedState, options: SharedOptions): Promise<SharedState> {
    const { address, key, log, whenLost, timing = {} } = options;
    if (address.isOpenToEavesdroppers)
      log.warn('The shared state is reached without TLS: use rediss:// where the network is not yours alone.', {
        address: address.shown,
      });
    const link = await RedisLink.open({ address, log, timing, meanwhile: meanwhile[whenLost] });
    const ledger = new Ledger({ link, key: deriveKey(key, 'ledger'), shown: address.shown, memory: local });
    try {
      await ledger.refresh();
    } catch (thrown) {
      if (!ledger.problem || !options.mayBeReplaced) {
        await link.close();
        throw thrown;
      }
    }
    return new SharedState(local, link, ledger, options);
  }

  get port(): number | undefined {
    return this.#local.port;
  }

  set port(port: number | undefined) {
    this.#local.port = port;
  }

  async admit(charges: readonly Charge[], at: number, entry: Decided): Promise<Reserving> {
    if (charges.length === 0) return this.#local.admit([], at, entry);
    const reserving = await this.#countedThere(() => this.#shared.reserve(charges, at));
    if (reserving === undefined) return this.#admitHere(charges, at, entry);
    if (reserving.ok) await this.#recordOrGiveBack(reserving.reservation, at, entry);
    return reserving;
  }

  localToken(): string {
    return this.#local.localToken();
  }

  argsHmac(args: JsonObject | undefined): string {
    return args === undefined ? '' : hmac(this.#argumentsKey, canonicalText(args));
  }

  prove(text: string): string {
    return this.#local.prove(text);
  }

  sign(text: string): string {
    return hmac(this.#signingKey, text);
  }

  async close(): Promise<void> {
    clearInterval(this.#poll);
    await this.#link.close();
    await this.#local.close();
  }

  /** Where each gateway goes on for itself, what it learned last still holds. */
  #sharing(): Sharing {
    const [link, ledger, { address, whenLost, log }] = [this.#link, this.#ledger, this.#options];
    const listeners = new Set<() => void>();
    const tell = (): void => {
      for (const listener of listeners) listener();
    };
    link.onChange = tell;
    ledger.onChange = () => {
      if (ledger.problem) log.error(ledger.problem.message);
      else log.warn('The shared state is in order again.', { address: address.shown });
      tell();
    };
    return {
      address: address.shown,
      acceptances: new SharedAcceptances(ledger),
      accept: () => ledger.accept(),
      listen: (listener) => void listeners.add(listener),
      get problem() {
        return link.problem ?? ledger.problem?.message;
      },
      async refresh() {
        await ledger.refresh().catch((error: unknown) => {
          if (whenLost === 'deny') throw error;
        });
      },
    };
  }

  async #probe(charges: readonly Charge[], at: number): Promise<Reserving> {
    const probed = await this.#countedThere(() => this.#shared.probe(charges, at));
    return probed ?? this.#local.counters.probe(charges, at);
  }

  #release(reservation: Reservation): void | Promise<void> {
    if (this.#ownReservations.has(reservation)) this.#local.counters.release(reservation);
    else return this.#shared.release(reservation);
  }

  /** `undefined`: it could not be, and this gateway is to count for itself. */
  async #countedThere(work: () => Promise<Reserving>): Promise<Reserving | undefined> {
    try {
      return await work();
    } catch (thrown) {
      const isLost = thrown instanceof StateError && thrown.code === 'state-shared';
      if (isLost && this.#options.whenLost === 'count-locally') return undefined;
      throw thrown;
    }
  }

  async #admitHere(charges: readonly Charge[], at: number, entry: Decided): Promise<Reserving> {
    const reserving = await this.#local.admit(charges, at, entry);
    if (reserving.ok) this.#ownReservations.add(reserving.reservation);
    return reserving;
  }

  async #recordOrGiveBack(reservation: Reservation, at: number, entry: Decided): Promise<void> {
    try {
      await this.#local.admit([], at, entry);
    } catch (thrown) {
      // The disk's problem is the one to tell of; what is not given back stays counted.
      await this.#shared.release(reservation).catch(() => undefined);
      throw thrown;
    }
  }
}
