/**
 * What is kept of a login: who we are to which authorization server, and the tokens it gave. One record for each server address; records
 * are secrets, so they are handed to a `SecretRecords` and to nothing else.
 */
import { createHash } from 'node:crypto';
import type { SecretRecords } from '../../ports.ts';
import type { OAuthSettings } from '../definition.ts';
import { isObject } from '../parse.ts';
import type { Challenge } from './challenge.ts';

/** A client as one authorization server knows it; never shown to another. */
export interface ClientRegistration {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly token_endpoint_auth_method?: string;
  /** Where a client that registered itself said that logins end. */
  readonly redirectUri?: string;
}

export interface Tokens {
  readonly access: string;
  readonly refresh?: string;
}

export interface Credentials {
  readonly issuer: string;
  readonly client: ClientRegistration;
  readonly tokens?: Tokens;
  /** Scopes that were granted, or were asked for where the authorization server does not say. */
  readonly scope?: string;
}

export interface LoginRecord {
  readonly credentials?: Credentials;
  /** What the server said when it last refused us: the next login asks for that. */
  readonly challenge?: Challenge;
}

/** Changing the address or the client in a definition makes its tokens unreachable. */
export function recordKey(server: URL, { clientId = '' }: OAuthSettings): string {
  const address = new URL(server);
  address.hash = '';
  return createHash('sha256')
    .update(JSON.stringify([address.href, clientId]))
    .digest('hex')
    .slice(0, 32);
}

/** An unreadable record is none: the user logs in again. Rejects when the store cannot be read. */
export async function readRecord(store: SecretRecords, key: string): Promise<LoginRecord> {
  const text = await store.read(key);
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

export async function writeRecord(store: SecretRecords, key: string, record: LoginRecord): Promise<void> {
  await store.write(key, JSON.stringify(record));
}

/** We wrote it; this is for files that were damaged or are from another version. */
function isRecord({ credentials, challenge }: Record<string, unknown>): boolean {
  if (challenge !== undefined && !isObject(challenge)) return false;
  if (credentials === undefined) return true;
  if (!isObject(credentials) || typeof credentials['issuer'] !== 'string') return false;
  const { client, tokens } = credentials;
  if (!isObject(client) || typeof client['client_id'] !== 'string') return false;
  return tokens === undefined || (isObject(tokens) && typeof tokens['access'] === 'string');
}
