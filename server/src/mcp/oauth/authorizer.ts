/**
 * The credentials of one remote server as its connections use them: the token for each request, its renewal when the server refuses it,
 * and the login when only a person can help. Must not show, log or return a token to anyone but the connection.
 */
import type { Log, SecretRecords } from '../../ports.ts';
import type { OAuthSettings } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import type { AccessRefusal, GrantedHeaders, UpstreamAuthorization } from '../transport.ts';
import { printable } from '../untrusted.ts';
import { isRegisteredBeforehand } from './client.ts';
import { readChallenge, type Challenge } from './challenge.ts';
import { readRecord, recordKey, writeRecord, type Credentials, type LoginRecord } from './credentials.ts';
import { guardedFetch, type GuardedFetch, type GuardOptions } from './guardedFetch.ts';
import type * as Flow from './flow.ts';
import type { PendingLogin } from './login.ts';
import { ReachRule } from './reach.ts';
import { coversScope, unionOfScopes } from './scope.ts';

/** Loaded when a server first asks for a login: with the SDK it takes more memory than all the rest of a gateway. */
const flow = (): Promise<typeof Flow> => import('./flow.ts');

export interface AuthorizerOptions {
  /** Name of the server in its definition. */
  readonly name: string;
  /** As the user wrote it. */
  readonly server: URL;
  readonly settings: OAuthSettings;
  readonly store: SecretRecords;
  /** What a person has to do to log in, as a sentence. */
  readonly advice: string;
  readonly log: Log;
  /** A login has become necessary, or is no longer. */
  readonly onChange?: () => void;
  readonly lookup?: GuardOptions['lookup'];
}

export class Authorizer implements UpstreamAuthorization {
  readonly #options: AuthorizerOptions;
  readonly #key: string;
  readonly #guard: GuardOptions;
  readonly #fetch: GuardedFetch;
  #record: LoginRecord | undefined;
  #isLoginNeeded = false;
  #pending: Promise<PendingLogin> | undefined;

  constructor(options: AuthorizerOptions) {
    const { server, settings, lookup } = options;
    this.#options = options;
    this.#key = recordKey(server, settings);
    const written = settings.issuer !== undefined && URL.canParse(settings.issuer) ? [new URL(settings.issuer)] : [];
    this.#guard = { rule: new ReachRule(server, written), ...(lookup ? { lookup } : {}) };
    this.#fetch = guardedFetch(this.#guard);
  }

  get isLoginNeeded(): boolean {
    return this.#isLoginNeeded;
  }

  async headers(): Promise<GrantedHeaders> {
    // While a login is needed it may happen in another process.
    if (this.#record === undefined || this.#isLoginNeeded) await this.#read();
    return bearer(this.#record?.credentials);
  }

  async renew(refusal: AccessRefusal): Promise<GrantedHeaders | undefined> {
    const challenge = readChallenge(refusal.challenge);
    if (refusal.status === 403 && challenge.error !== 'insufficient_scope') return undefined;
    return this.#options.store.exclusive(this.#key, () => this.#renewAlone(refusal, challenge));
  }

  /** Begins a login, or joins the one that is under way. Rejects with `UpstreamError`. */
  login(signal: AbortSignal, challenge?: Challenge): Promise<PendingLogin> {
    this.#pending ??= this.#beginLogin(signal, challenge).catch((error: unknown) => {
      this.#pending = undefined;
      throw error;
    });
    return this.#pending;
  }

  /** Forgets the tokens. False when there were none. */
  async logout(): Promise<boolean> {
    const { credentials } = await this.#read();
    await this.#options.store.exclusive(this.#key, () => this.#options.store.remove(this.#key));
    this.#record = {};
    return credentials?.tokens !== undefined;
  }

  async #renewAlone({ status, sent }: AccessRefusal, challenge: Challenge): Promise<GrantedHeaders> {
    const { credentials } = await this.#read();
    const current = bearer(credentials);
    // Another request or process has renewed it meanwhile.
    if (current['authorization'] !== undefined && current['authorization'] !== sent['authorization']) return current;
    if (status === 403) return this.#stepUp(credentials, challenge);
    const refreshToken = credentials?.tokens?.refresh;
    if (credentials && refreshToken !== undefined) return this.#refresh(credentials, refreshToken, challenge);
    return this.#needLogin(credentials && withoutTokens(credentials), challenge, 'asks for a login');
  }

  async #refresh(credentials: Credentials, refreshToken: string, challenge: Challenge): Promise<GrantedHeaders> {
    const { server, settings, log, name } = this.#options;
    const { discover, GrantLostError, refresh } = await flow();
    const target = await discover({ server, challenge, issuer: settings.issuer, fetch: this.#fetch });
    if (target.issuer !== credentials.issuer)
      return this.#needLogin(
        this.#pinned(credentials),
        challenge,
        'has changed its authorization server and asks for a new login',
      );
    try {
      const renewed = await refresh(target, credentials, refreshToken, this.#fetch);
      await this.#write({ credentials: renewed });
      log.debug('the token was renewed', { server: name });
      return bearer(renewed);
    } catch (error) {
      if (!(error instanceof GrantLostError)) throw error;
      const rest = error.clientToo ? this.#pinned(credentials) : withoutTokens(credentials);
      return this.#needLogin(rest, challenge, 'no longer accepts the login and asks for a new one');
    }
  }

  /** What outlives tokens and registrations: at which authorization server the user's own client is known. */
  #pinned(credentials: Credentials): Credentials | undefined {
    return isRegisteredBeforehand(this.#options.settings) ? withoutTokens(credentials) : undefined;
  }

  /** Asked for once: a server that still refuses after a login with these scopes will not be satisfied by another. */
  #stepUp(credentials: Credentials | undefined, challenge: Challenge): Promise<GrantedHeaders> {
    const scope = printable(challenge.scope ?? '', 200);
    if (challenge.scope === undefined || coversScope(credentials?.scope, challenge.scope)) {
      const what =
        scope === '' ? 'a permission that it does not name' : `the permission "${scope}", which the login gave`;
      throw new UpstreamError('unauthorized', `${this.#options.server.origin} refuses access for want of ${what}.`, {
        sent: true,
        status: 403,
      });
    }
    return this.#needLogin(credentials, challenge, `asks for a further permission ("${scope}")`);
  }

  async #needLogin(credentials: Credentials | undefined, challenge: Challenge, why: string): Promise<never> {
    await this.#write({ ...(credentials ? { credentials } : {}), challenge });
    this.#setLoginNeeded(true);
    const { name, server, advice } = this.#options;
    const message = `The server "${name}" at ${server.origin} ${why}. ${advice}`;
    throw new UpstreamError('login-needed', message, { sent: true });
  }

  async #beginLogin(signal: AbortSignal, challenge?: Challenge): Promise<PendingLogin> {
    const { server, settings } = this.#options;
    const record = await this.#read();
    const { beginLogin } = await flow();
    const pending = await beginLogin({
      server,
      settings,
      challenge: { ...record.challenge, ...challenge, ...scopeOfBoth(record.challenge, challenge) },
      known: record.credentials,
      guard: this.#guard,
      fetch: this.#fetch,
      signal,
    });
    const credentials = pending.credentials
      .then(async (each) => {
        await this.#options.store.exclusive(this.#key, () => this.#write({ credentials: each }));
        this.#setLoginNeeded(false);
        return each;
      })
      .finally(() => (this.#pending = undefined));
    // Whoever began the login may have gone before it ends.
    credentials.catch(() => undefined);
    return { ...pending, credentials };
  }

  async #read(): Promise<LoginRecord> {
    this.#record = await readRecord(this.#options.store, this.#key);
    if (this.#record.challenge === undefined && this.#record.credentials?.tokens) this.#setLoginNeeded(false);
    return this.#record;
  }

  async #write(record: LoginRecord): Promise<void> {
    const isNews = JSON.stringify(record) !== JSON.stringify(this.#record);
    this.#record = record;
    if (isNews) await writeRecord(this.#options.store, this.#key, record);
  }

  #setLoginNeeded(needed: boolean): void {
    if (this.#isLoginNeeded === needed) return;
    this.#isLoginNeeded = needed;
    this.#options.onChange?.();
  }
}

/** The server asks for one scope at the door, and may have asked for another behind it. */
function scopeOfBoth(kept: Challenge | undefined, now: Challenge | undefined): { scope?: string } {
  const scope = unionOfScopes(kept?.scope, now?.scope);
  return scope === undefined ? {} : { scope };
}

function bearer(credentials: Credentials | undefined): GrantedHeaders {
  return credentials?.tokens ? { authorization: `Bearer ${credentials.tokens.access}` } : {};
}

function withoutTokens({ issuer, client, scope }: Credentials): Credentials {
  return { issuer, client, ...(scope === undefined ? {} : { scope }) };
}
