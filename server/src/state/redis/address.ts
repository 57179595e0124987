/**
 * The address of a shared state: read from what an environment variable holds, and shown without user name and password. Must not put
 * the address itself, or any part of it but host and port, into a message.
 */
import { isIP } from 'node:net';
import { StateError } from '../error.ts';

export interface SharedAddress {
  /** Holds credentials: never to be logged. */
  readonly url: string;
  /** `host:port (VARIABLE)`, for people. */
  readonly shown: string;
  /** Whether what travels can be read on the way: no TLS, and not on this machine. */
  readonly isOpenToEavesdroppers: boolean;
}

const PORT = '6379';

/** `variable`: the name of the environment variable that `url` was read from. Throws `StateError`. */
export function readSharedAddress(variable: string, url: string | undefined): SharedAddress {
  const refuse = (what: string): StateError => {
    const example = 'redis://user:password@host:6379, or rediss://… for TLS';
    return new StateError(
      'state-shared',
      `The variable ${variable} ${what}. It must hold the address of a Redis or Valkey server: ${example}.`,
    );
  };
  if (url === undefined || url === '') throw refuse('is not set, and it names the shared state');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw refuse('does not hold such an address');
  const { hostname, port, protocol } = parsed;
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && /^127\./.test(hostname));
  return {
    url,
    shown: `${hostname}:${port || PORT} (${variable})`,
    isOpenToEavesdroppers: protocol === 'redis:' && !isLocal,
  };
}
