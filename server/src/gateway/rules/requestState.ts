/**
 * Seals what a server, or this gateway while a person is asked, gives a client to bring back with the retry of a request (specification 2026-07-28, "Multi Round-Trip Requests"):
 * it counts only for the same grant, server, method, name and arguments, and for an hour. A retry is judged like any other call besides.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../ports.ts';
import type { JsonObject } from '../../policy/json/node.ts';

export interface SealOptions {
  readonly server: string;
  /** Keyed digest that only this installation can make. */
  readonly sign: (text: string) => string;
  readonly argsHmac: (args: JsonObject | undefined) => string;
  readonly clock: Clock;
}

/** The request that a state belongs to. */
export interface StateOwner {
  readonly grant: string;
  readonly method: string;
  /** The tool, prompt or address. */
  readonly name: string;
  readonly arguments: JsonObject | undefined;
}

export interface RequestStates {
  seal(owner: StateOwner, state: string): string;
  /** The state as it was before; `undefined`: forged, changed, too old, of another request, or for another purpose. */
  open(owner: StateOwner, sealed: string): string | undefined;
}

/** A person may be asked something in between. */
const LIFETIME_MILLISECONDS = 60 * 60_000;

/** What servers give clients to bring back, and what this gateway gives them while a person is asked. */
export interface Seals {
  readonly states: RequestStates;
  readonly holds: RequestStates;
}

export function createSeals(options: SealOptions): Seals {
  return { states: createRequestStates(options, 'request state'), holds: createRequestStates(options, 'hold') };
}

/** `purpose`: what was sealed for one does not open for another. */
function createRequestStates(
  { server, sign, argsHmac, clock }: SealOptions,
  purpose: 'request state' | 'hold',
): RequestStates {
  const digest = (owner: StateOwner, expiry: string, state: string): string => {
    const { grant, method, name, arguments: args } = owner;
    return sign(JSON.stringify([purpose, server, grant, method, name, argsHmac(args), expiry, state]));
  };
  return {
    seal(owner, state) {
      const expiry = (clock() + LIFETIME_MILLISECONDS).toString(36);
      return `${expiry}.${digest(owner, expiry, state)}.${state}`;
    },
    open(owner, sealed) {
      const [, expiry = '', mac = '', state = ''] = /^([0-9a-z]{1,12})\.([0-9a-f]{1,128})\.(.*)$/s.exec(sealed) ?? [];
      if (expiry === '' || Number.parseInt(expiry, 36) < clock()) return undefined;
      return isEqual(mac, digest(owner, expiry, state)) ? state : undefined;
    },
  };
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
