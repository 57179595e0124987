/** Logins that the editor asks for through the control channel: it shows the address, and hears how the login ended. */
import { UpstreamError } from '../../mcp/index.ts';
import type { ControlEvent, LoginAnswer } from '../../protocol/control.ts';
import type { GovernedServer } from '../session/server.ts';

export interface ControlledLogins {
  readonly find: (server: string) => GovernedServer | undefined;
  readonly emit: (event: ControlEvent) => void;
  /** Aborted when the gateway ends. */
  readonly signal: AbortSignal;
}

/** Never rejects. */
export async function beginLogin(name: string, { find, emit, signal }: ControlledLogins): Promise<LoginAnswer> {
  const server = find(name);
  if (!server?.login) return { problem: `There is no server "${name}" to log in to.` };
  try {
    const { url, credentials } = await server.login.begin(signal);
    credentials.then(
      () => {
        emit({ event: 'login', server: name });
        server.pool.readTools('local').catch(() => undefined);
      },
      (error: unknown) => emit({ event: 'login', server: name, problem: problemOf(error) }),
    );
    return { url: url.href };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** Never rejects. */
export async function endLogin(name: string, { find }: Pick<ControlledLogins, 'find'>): Promise<LoginAnswer> {
  try {
    await find(name)?.login?.forget();
    return {};
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string {
  return error instanceof UpstreamError ? error.message : 'The login failed. The log of the gateway says why.';
}
