/** The command that starts a gateway for this window, and the secrets it is told on stdin. Pure but for random bytes. */
import { randomBytes } from 'node:crypto';
import type { ControlHello } from '../../../server/src/protocol/control.ts';
import type { GatewayCommand } from './process.ts';

export interface LaunchPlan {
  /** dist/portcullis.js of this extension. */
  readonly program: string;
  /** The workspace folder that configures the servers. */
  readonly folder: string;
  readonly servers: readonly string[];
  /** Counters, audit and tokens live here. */
  readonly stateFolder: string;
  /** 0: the port that this workspace used last, else a free one. */
  readonly port: number;
}

/** `execPath` is Electron on the desktop and plain Node in a remote host; the variable makes the first behave like the second. */
export function gatewayCommand(
  plan: LaunchPlan,
  execPath: string,
  env: Readonly<Record<string, string | undefined>>,
): GatewayCommand {
  const servers = plan.servers.flatMap((name) => ['--server', name]);
  // Without a port the gateway takes that of last time.
  const port = plan.port === 0 ? [] : ['--port', String(plan.port)];
  return {
    command: execPath,
    args: [plan.program, 'gateway', '--control', '--format', 'json', ...servers, '--state', plan.stateFolder, ...port],
    cwd: plan.folder,
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
  };
}

/** What is kept in the secret storage for the gateways of this workspace. */
export type KeptSecrets = Pick<ControlHello, 'inputs' | 'logins'>;

export const newHello = (kept: KeptSecrets): ControlHello => ({
  controlToken: randomBytes(32).toString('base64url'),
  ...kept,
});
