/** A configured server as the gateway serves it: how a connection to it is opened, when one is wanted. Starts nothing. */
import { readFile } from 'node:fs/promises';
import {
  definitionDigest,
  openTransport,
  resolveLaunch,
  ServerLogin,
  UpstreamError,
  type LaunchResolver,
  type ResolvedLaunch,
} from '../../mcp/index.ts';
import type { GatewayConfig, ServerDefinition } from '../../mcp/definition.ts';
import type { SecretRecords } from '../../ports.ts';
import type { ServerInput } from '../session/govern.ts';
import type { Accepted } from './discoverAccepted.ts';
import type { PlanRequest } from './request.ts';

interface Surroundings extends Accepted {
  readonly config: GatewayConfig;
  readonly store: SecretRecords;
}

/** `policyFile`: absolute; absent: it has none. */
export function inputOf(
  definition: ServerDefinition,
  policyFile: string | undefined,
  surroundings: Surroundings,
  request: PlanRequest,
): ServerInput {
  const { name } = definition;
  const { folder, logins, user, log, guard } = request;
  const login = new ServerLogin({ name, store: surroundings.store, advice: logins.advice(name), log });
  const options = { log, env: user.env, ...(guard ? { guard } : {}) };
  const launch = launcher(definition, surroundings, request);
  return {
    name,
    definition: definitionDigest(definition.launch),
    settings: definition.settings,
    ...(policyFile === undefined ? {} : { policyFile }),
    login,
    isHttp: definition.launch.kind === 'http',
    openTransport: async () => {
      const resolved = await launch();
      const authorization = login.authorize(resolved);
      return openTransport(resolved, { ...options, ...(authorization ? { authorization } : {}) });
    },
    source: { folder, home: user.home, config: surroundings.config, launch },
  };
}

/** What it gives rejects with `UpstreamError` where the server must not be started. */
function launcher(
  definition: ServerDefinition,
  { blocked, defaultOf }: Accepted,
  { inputs: answer, user }: PlanRequest,
): () => Promise<ResolvedLaunch> {
  const { name } = definition;
  const resolver: LaunchResolver = {
    env: user.env,
    home: user.home,
    input: (id) => Promise.resolve(answer(id) ?? defaultOf(name, id)),
    readFile: (file) => readFile(file, 'utf8'),
  };
  const reason = blocked.get(name);
  return reason === undefined
    ? () => resolveLaunch(definition, resolver)
    : () => Promise.reject(new UpstreamError('unreviewed', reason));
}
