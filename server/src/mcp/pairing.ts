/**
 * Which policy governs which server (docs/gateway.md "Which servers, which policy"). Pure. A server gets a policy only when nothing else
 * could be meant: what is ambiguous is said, and the server has no policy until somebody decides, so every call is denied.
 */
import path from 'node:path';
import type { ServerDefinition } from './definition.ts';

export interface PolicyFile {
  /** Absolute. */
  readonly path: string;
  /** `"server"` of the document. */
  readonly server?: string;
}

/** Why a policy belongs to a server, strongest first. */
export type PairReason = 'portcullis.json' | 'document' | 'file-name' | 'only-one';

export interface PolicyPair {
  readonly server: string;
  /** Path of the policy; with the reason `portcullis.json` perhaps not among the files that were given. */
  readonly policy: string;
  readonly reason: PairReason;
}

export interface Ambiguity {
  readonly servers: readonly string[];
  readonly policies: readonly string[];
  /** What could be meant, and what to do. */
  readonly message: string;
}

export interface Pairing {
  readonly pairs: readonly PolicyPair[];
  readonly ambiguities: readonly Ambiguity[];
  /** Policies that govern nothing, and why. */
  readonly unpaired: readonly { readonly policy: string; readonly message: string }[];
}

type Server = Pick<ServerDefinition, 'name' | 'origin' | 'settings'>;

export function pairPolicies(servers: readonly Server[], policies: readonly PolicyFile[]): Pairing {
  const pairs: PolicyPair[] = [];
  const ambiguities: Ambiguity[] = [];
  for (const { name, settings } of servers) {
    if (settings.policy !== undefined) pairs.push({ server: name, policy: settings.policy, reason: 'portcullis.json' });
  }
  for (const [reason, claims] of CLAIMS) {
    for (const { name } of servers) {
      if (isSettled(name, pairs, ambiguities)) continue;
      const found = free(policies, pairs).filter((policy) => claims(policy, name));
      if (found.length > 1) ambiguities.push(rivals(name, found));
      else if (found[0]) pairs.push({ server: name, policy: found[0].path, reason });
    }
  }
  const last = pairTheOnlyOne(servers, policies, pairs, ambiguities);
  if (last && 'reason' in last) pairs.push(last);
  else if (last) ambiguities.push(last);
  return { pairs, ambiguities, unpaired: leftOver(servers, policies, pairs, ambiguities) };
}

const CLAIMS: readonly (readonly [PairReason, (policy: PolicyFile, server: string) => boolean])[] = [
  ['document', (policy, server) => policy.server === server],
  // A document that names another server is not this one's, whatever its file is called.
  [
    'file-name',
    (policy, server) => policy.server === undefined && path.basename(policy.path) === `${server}.policy.json`,
  ],
];

/** `policy.json` of a workspace with one server. Servers of the user's own files count only where the workspace defines none. */
function pairTheOnlyOne(
  servers: readonly Server[],
  policies: readonly PolicyFile[],
  pairs: readonly PolicyPair[],
  ambiguities: readonly Ambiguity[],
): PolicyPair | Ambiguity | undefined {
  const [bare, ...moreBare] = free(policies, pairs).filter(isBare);
  const own = servers.filter(({ origin }) => !origin.userLevel);
  const names = (own.length > 0 ? own : servers).map(({ name }) => name);
  const open = names.filter((name) => !isSettled(name, pairs, ambiguities));
  const [server] = open;
  if (!bare || server === undefined) return undefined;
  if (moreBare.length > 0) return { ...rivals(server, [bare, ...moreBare]), servers: open };
  if (names.length === 1) return { server, policy: bare.path, reason: 'only-one' };
  const choice = open.map((name) => `"${name}"`).join(', ');
  const message = `${path.basename(bare.path)} could be for any of ${choice}. Add "server": "${server}" (or another of them) to it.`;
  return { servers: open, policies: [bare.path], message };
}

function isBare(policy: PolicyFile): boolean {
  return policy.server === undefined && path.basename(policy.path) === 'policy.json';
}

function free(policies: readonly PolicyFile[], pairs: readonly PolicyPair[]): readonly PolicyFile[] {
  return policies.filter(({ path: file }) => !pairs.some(({ policy }) => policy === file));
}

/** What a stronger reason has decided, or left undecided, a weaker one does not touch. */
function isSettled(server: string, pairs: readonly PolicyPair[], ambiguities: readonly Ambiguity[]): boolean {
  return pairs.some((pair) => pair.server === server) || ambiguities.some(({ servers }) => servers.includes(server));
}

function rivals(server: string, found: readonly PolicyFile[]): Ambiguity {
  const policies = found.map(({ path: file }) => file);
  const message = `Several policies could be for "${server}": ${policies.join(', ')}. Name one as "policy" of this server in portcullis.json.`;
  return { servers: [server], policies, message };
}

function leftOver(
  servers: readonly Server[],
  policies: readonly PolicyFile[],
  pairs: readonly PolicyPair[],
  ambiguities: readonly Ambiguity[],
): Pairing['unpaired'] {
  const undecided = new Set(ambiguities.flatMap((ambiguity) => ambiguity.policies));
  return free(policies, pairs)
    .filter((policy) => !undecided.has(policy.path))
    .map((policy) => ({ policy: policy.path, message: reasonOf(policy, servers, pairs) }));
}

function reasonOf({ server }: PolicyFile, servers: readonly Server[], pairs: readonly PolicyPair[]): string {
  if (servers.length === 0) return 'No MCP server is configured. Define one, for example in .vscode/mcp.json.';
  if (server === undefined) return 'Nothing says which server this policy is for. Add "server" to it.';
  const other = pairs.find((pair) => pair.server === server);
  if (other) return `"${server}" is governed by ${other.policy}, because portcullis.json says so.`;
  const names = servers.map(({ name }) => `"${name}"`).join(', ');
  return `No server "${server}" is configured. Configured are: ${names}.`;
}
