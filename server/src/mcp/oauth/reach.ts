/**
 * How far away an address is, and which addresses a server may send us to: what a remote server names must never lead into the
 * user's own network or machine (server-side request forgery). Pure.
 */
import { BlockList, isIP } from 'node:net';

/** `never`: link-local, multicast, reserved, and where clouds keep the credentials of their machines. */
type Reach = 'public' | 'private' | 'loopback' | 'never';

const RANK: Readonly<Record<Reach, number>> = { public: 0, private: 1, loopback: 2, never: 3 };

const V4: readonly (readonly [Exclude<Reach, 'public'>, string, number])[] = [
  ['loopback', '127.0.0.0', 8],
  ['private', '10.0.0.0', 8],
  ['private', '100.64.0.0', 10],
  ['private', '172.16.0.0', 12],
  ['private', '192.168.0.0', 16],
  ['private', '198.18.0.0', 15],
  ['never', '0.0.0.0', 8],
  ['never', '169.254.0.0', 16],
  ['never', '192.0.0.0', 24],
  ['never', '192.0.2.0', 24],
  ['never', '198.51.100.0', 24],
  ['never', '203.0.113.0', 24],
  ['never', '224.0.0.0', 3],
];

/** The first that matches. `fd00:ec2::254` is where Amazon's machines find their credentials. */
const V6: typeof V4 = [
  ['never', 'fd00:ec2::254', 128],
  ['loopback', '::1', 128],
  ['private', 'fc00::', 7],
  ['never', '::', 96],
  ['never', '2001::', 32],
  ['never', '2001:db8::', 32],
  ['never', '2002::', 16],
  ['never', 'fe80::', 9],
  ['never', 'ff00::', 8],
];

const lists = [...V4, ...V6].map(([reach, prefix, bits]) => {
  const list = new BlockList();
  list.addSubnet(prefix, bits, isIP(prefix) === 4 ? 'ipv4' : 'ipv6');
  return { reach, list, family: isIP(prefix) };
});

/** Of an address as text, without brackets. What is no address is `never`. */
export function reachOf(address: string): Reach {
  const plain = embedded(address) ?? address;
  const family = isIP(plain);
  if (family === 0) return 'never';
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  return lists.find((each) => each.family === family && each.list.check(plain, kind))?.reach ?? 'public';
}

/** The IPv4 address inside a mapped (`::ffff:…`) or translated (`64:ff9b::…`, RFC 6052) one. */
function embedded(address: string): string | undefined {
  const tail = /^(?:::ffff:|64:ff9b::)(?<tail>.*)$/i.exec(address)?.groups?.['tail'];
  if (tail === undefined || isIP(tail) === 4) return tail;
  const [low = 0, high = 0] = tail.split(':').map((group) => parseInt(group || '0', 16)).reverse(); // prettier-ignore
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether the address of a URL is this machine by its text alone. */
export function isLoopbackHost(url: URL): boolean {
  const host = hostOf(url);
  return host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && reachOf(host) === 'loopback');
}

/** The host without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/**
 * Where a server may send us. Origins that the user wrote may be anywhere; what the server names itself may be no nearer than
 * the server is: a public one cannot name a private address, a private one not this machine.
 */
export class ReachRule {
  readonly #written: ReadonlySet<string>;
  readonly #nearest: number;

  /** `server` and `others`: as the user wrote them. */
  constructor(server: URL, others: readonly URL[] = []) {
    this.#written = new Set([server, ...others].map(({ origin }) => origin));
    const host = hostOf(server);
    // A name counts as public whatever it resolves to: whoever owns it can change that between two questions.
    const reach = isLoopbackHost(server) ? 'loopback' : isIP(host) === 0 ? 'public' : reachOf(host);
    this.#nearest = RANK[reach === 'never' ? 'public' : reach];
  }

  /** Whether `url`, whose host has turned out to have this address, may be contacted. */
  permits(url: URL, address: string): boolean {
    return this.#written.has(url.origin) || RANK[reachOf(address)] <= this.#nearest;
  }

  /** Why a URL may not be used, whatever its address: `undefined` where it may. */
  schemeProblem(url: URL): string | undefined {
    if (url.protocol === 'https:') return undefined;
    if (url.protocol === 'http:' && isLoopbackHost(url)) return undefined;
    return `is not an https address but "${url.protocol}"`;
  }
}
