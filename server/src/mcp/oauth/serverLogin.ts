/** The logins of one configured server: an `Authorizer` for the address that its definition has at the moment. */
import type { Log, SecretRecords } from '../../ports.ts';
import { UpstreamError } from '../errors.ts';
import type { ResolvedLaunch, UpstreamAuthorization } from '../transport.ts';
import { Authorizer } from './authorizer.ts';
import { recordKey } from './credentials.ts';
import type { PendingLogin } from './login.ts';
import { probe } from './probe.ts';

export interface ServerLoginOptions {
  /** Name of the server in its definition. */
  readonly name: string;
  readonly store: SecretRecords;
  /** What a person has to do to log in, as a sentence: agents pass it on. */
  readonly advice: string;
  readonly log: Log;
}

interface Current {
  readonly key: string;
  readonly launch: ResolvedLaunch;
  readonly authorizer: Authorizer;
}

export class ServerLogin {
  /** A login has become necessary, or is no longer. */
  onChange: () => void = () => undefined;
  readonly #options: ServerLoginOptions;
  #current: Current | undefined;

  constructor(options: ServerLoginOptions) {
    this.#options = options;
  }

  get isNeeded(): boolean {
    return this.#current?.authorizer.isLoginNeeded ?? false;
  }

  /** What a connection to the server is to be given. Undefined: it is no remote server, or its definition has credentials. */
  authorize(launch: ResolvedLaunch): UpstreamAuthorization | undefined {
    if (launch.kind === 'stdio' || !URL.canParse(launch.url)) return undefined;
    const server = new URL(launch.url);
    const ownHeader = Object.keys(launch.headers).some((name) => name.toLowerCase() === 'authorization');
    if (ownHeader || server.username !== '' || server.password !== '') return undefined;
    const settings = launch.oauth ?? {};
    const key = JSON.stringify([recordKey(server, settings), settings]);
    if (this.#current?.key !== key) {
      const onChange = (): void => this.onChange();
      const authorizer = new Authorizer({ ...this.#options, server, settings, onChange });
      this.#current = { key, launch, authorizer };
    }
    return this.#current.authorizer;
  }

  /** Begins a login, or joins the one that is under way; call `authorize` before. Rejects with `UpstreamError`. */
  async begin(signal: AbortSignal): Promise<PendingLogin> {
    const { authorizer, launch } = this.#known();
    return authorizer.login(signal, await probe(launch, signal));
  }

  /** Forgets the tokens. False when there were none. */
  forget(): Promise<boolean> {
    return this.#known().authorizer.logout();
  }

  #known(): Current {
    if (this.#current) return this.#current;
    throw new UpstreamError('unauthorized', `The server "${this.#options.name}" is not known to want a login.`);
  }
}
