/** Someone who uses a protected server: requests through the real exchange, logins through the real flow, secrets in a real folder. */
import { readdirSync, readFileSync } from 'node:fs';
import type { OAuthSettings } from '../../../../../server/src/mcp/definition.ts';
import { Endpoint } from '../../../../../server/src/mcp/http/endpoint.ts';
import { openTransport, ServerLogin } from '../../../../../server/src/mcp/index.ts';
import type { PendingLogin } from '../../../../../server/src/mcp/oauth/login.ts';
import { SecretFiles } from '../../../../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../../../../support/folder.ts';
import { collectingLog, type LogEntry } from '../../../../support/servers/log.ts';
import { OAuthServers } from '../../../../support/servers/oauth.ts';

export interface Visitor extends AsyncDisposable {
  readonly servers: OAuthServers;
  readonly folder: Folder;
  readonly login: ServerLogin;
  readonly log: readonly LogEntry[];
  /** Sends a request to the server, and gives the status. */
  request(method?: string): Promise<number>;
  /** The same as a connection does it. */
  send(): Promise<void>;
  begin(): Promise<PendingLogin>;
  /** Logs in as a person does who agrees to everything. */
  logIn(): Promise<void>;
  /** The same, by another process that uses the same folder. */
  logInElsewhere(): Promise<void>;
  /** What is kept, as text. */
  kept(): string;
}

export async function visit(settings?: OAuthSettings): Promise<Visitor> {
  const servers = await OAuthServers.start();
  const folder = await makeFolder();
  const { log, entries } = collectingLog();
  const newLogin = (): ServerLogin =>
    new ServerLogin({ name: 'guarded', store: new SecretFiles(folder.path), advice: 'Run: login.', log });
  const login = newLogin();
  const launch = { kind: 'http', url: servers.url, headers: {}, ...(settings ? { oauth: settings } : {}) } as const;
  const endpoint = new Endpoint(launch, login.authorize(launch));
  const end = new AbortController();
  const begin = (): Promise<PendingLogin> => login.begin(end.signal);
  const agree = async (pending: PendingLogin): Promise<void> => {
    await servers.consent(pending.url.href);
    await pending.credentials;
  };
  return {
    servers,
    folder,
    login,
    log: entries,
    begin,
    async request(method = 'tools/list') {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method });
      const response = await endpoint.exchange({ method: 'POST', headers: {}, body, signal: end.signal });
      response.discard();
      return response.status;
    },
    logIn: async () => agree(await begin()),
    async send() {
      const authorization = login.authorize(launch);
      const transport = openTransport(launch, { log, ...(authorization ? { authorization } : {}) });
      await transport.start();
      await transport.send({ jsonrpc: '2.0', id: 1, method: 'tools/list' }).finally(() => transport.close());
    },
    async logInElsewhere() {
      const other = newLogin();
      other.authorize(launch);
      await agree(await other.begin(end.signal));
    },
    kept() {
      const files = readdirSync(folder.file('logins')).filter((name) => name.endsWith('.json'));
      return files.map((name) => readFileSync(folder.file(`logins/${name}`), 'utf8')).join('\n');
    },
    async [Symbol.asyncDispose]() {
      end.abort();
      await servers[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
