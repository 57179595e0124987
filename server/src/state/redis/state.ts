/**
 * A state whose counters are shared with the gateways of other machines; all else stays on this one. A call is counted there first and then
 * recorded here: where the record fails it is given back. Must not let a call through that was counted nowhere.
 */
import type { Log } from '../../ports.ts';
import type { Charge, JsonObject, Reservation, Reserving } from '../../policy/index.ts';
import type { Decided } from '../../protocol/audit.ts';
import { StateError } from '../error.ts';
import type { ApprovalStore, AuditLog, Counters, EmbeddedState, GrantStore, State, ValueStore } from '../ports.ts';
import type { SharedAddress } from './address.ts';
import { RedisCounters } from './counters.ts';
import { RedisLink, type LinkTiming } from './link.ts';

/** What becomes of calls with limits while the shared state is lost: denied, or counted by each gateway for itself. */
export type WhenLost = 'deny' | 'count-locally';

export interface SharedOptions {
  readonly address: SharedAddress;
  readonly whenLost: WhenLost;
  readonly log: Log;
  readonly timing?: Partial<LinkTiming>;
}

const meanwhile: Readonly<Record<WhenLost, string>> = {
  deny: 'Calls that a limit counts are denied',
  'count-locally': 'This gateway counts limits for itself, so several gateways together may exceed them,',
};

export class SharedState implements State {
  readonly counters: Counters;
  readonly audit: AuditLog;
  readonly approvals: ApprovalStore;
  readonly grants: GrantStore;
  readonly values: ValueStore;
  readonly #local: EmbeddedState;
  readonly #link: RedisLink;
  readonly #shared: RedisCounters;
  readonly #options: SharedOptions;
  /** Reservations that were made on this machine, and are given back here. */
  readonly #ownReservations = new WeakSet<Reservation>();

  private constructor(local: EmbeddedState, link: RedisLink, options: SharedOptions) {
    this.#local = local;
    this.#link = link;
    this.#shared = new RedisCounters(link);
    this.#options = options;
    this.audit = local.audit;
    this.approvals = local.approvals;
    this.grants = local.grants;
    this.values = local.values;
    this.counters = {
      probe: (charges, at) => this.#probe(charges, at),
      release: (reservation) => this.#release(reservation),
    };
  }

  /** `local` is closed with it. Rejects with `StateError` when the shared state cannot be reached; `local` is then still open. */
  static async open(local: EmbeddedState, options: SharedOptions): Promise<SharedState> {
    const { address, log, whenLost, timing = {} } = options;
    if (address.isOpenToEavesdroppers)
      log.warn('The shared state is reached without TLS: use rediss:// where the network is not yours alone.', {
        address: address.shown,
      });
    const link = await RedisLink.open({ address, log, timing, meanwhile: meanwhile[whenLost] });
    return new SharedState(local, link, options);
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
    return this.#local.argsHmac(args);
  }

  prove(text: string): string {
    return this.#local.prove(text);
  }

  sign(text: string): string {
    return this.#local.sign(text);
  }

  async close(): Promise<void> {
    await this.#link.close();
    await this.#local.close();
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
