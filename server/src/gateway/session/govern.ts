/** Puts one governed server together: its policy, its connections, its enforcer. */
import { singleTools, type Tool } from '../../catalog/index.ts';
import type { ServerSettings } from '../../mcp/definition.ts';
import type { ServerLogin } from '../../mcp/index.ts';
import type { ResolvedLaunch, Transport } from '../../mcp/transport.ts';
import type { Clock, Log } from '../../ports.ts';
import type { AcceptedSubject, Sharing, ValueStore } from '../../state/ports.ts';
import type { ServerStatus, ToolsReport } from '../../protocol/control.ts';
import { learner } from '../grants/ended.ts';
import { GrantPolicies } from '../grants/policies.ts';
import type { GrantRegistry } from '../grants/registry.ts';
import { createEnforcer, type EnforcerOptions, type PolicyInForce } from '../rules/enforcer.ts';
import type { AcceptanceStore } from '../reload/acceptance.ts';
import { everyTool, reviewedTools, type ReviewedTools } from '../reload/reviewedTools.ts';
import type { ToolLock } from '../reload/toolLock.ts';
import { PolicyRatchet } from '../reload/policyRatchet.ts';
import { noPolicy, openPolicyFile, type PolicySource } from '../rules/policyFile.ts';
import { namesShown, observed } from '../rules/observed.ts';
import { createSeals } from '../rules/requestState.ts';
import { Redaction } from '../message/redaction.ts';
import { valueKeeper, type KeepValues } from '../values/keeper.ts';
import { redacting } from '../upstream/redacting.ts';
import { UpstreamPool } from '../upstream/pool.ts';
import type { GovernedServer } from './server.ts';
import { TaskOwners } from './tasks.ts';

/** What a server is started from, as the gateway's plan knows it. */
export interface ServerSource {
  /** The workspace folder: absolute. */
  readonly folder: string;
  /** The user's home folder: servers keep and find things there. */
  readonly home: string;
  /** portcullis.json apart from its servers. */
  readonly config: object;
  /** The definition with its variables replaced. Rejects where one has no value. */
  readonly launch: () => Promise<ResolvedLaunch>;
}

/** A server to be served, its variables resolved. */
export interface ServerInput {
  readonly name: string;
  readonly settings: ServerSettings;
  /** Digest of how it is started or reached, for the lock; absent: no lock knows it. */
  readonly definition?: string;
  /** Absolute path; absent: every call is denied. */
  readonly policyFile?: string;
  /** What its policy is kept under as accepted; absent: the workspace's and its own name. */
  readonly policySubject?: AcceptedSubject;
  /** A fresh transport, not yet started. */
  readonly openTransport: () => Promise<Transport>;
  /** Whether it is reached over streamable HTTP. */
  readonly isHttp?: boolean;
  /** Absent where nobody can log in. */
  readonly login?: ServerLogin;
  /** By which another gateway's server is known to be the same; absent: it is not shared. */
  readonly source?: ServerSource;
}

export interface GovernOptions extends Pick<
  EnforcerOptions,
  'counters' | 'admit' | 'record' | 'note' | 'approver' | 'argsHmac' | 'grantDigest'
> {
  readonly grants: GrantRegistry;
  /** Absent: grants and policies are this machine's own. */
  readonly sharing?: Sharing;
  /** Absent: edits of policies wait for nobody. */
  readonly stores?: AcceptanceStore;
  /** Absent: nobody has to review tools. */
  readonly lock?: ToolLock;
  /** Where values of arguments are kept, and whether a person wants that now. */
  readonly values: Pick<ValueStore, 'keep'> & { readonly isWanted: () => boolean };
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Keyed digest that only this installation can make. */
  readonly sign: (text: string) => string;
  /** Connection, tools or policy are not what they were. */
  readonly onStatus: (server: GovernedServer) => void;
  /** An edit of the policy changed which tools are listed. */
  readonly onListed: (server: GovernedServer) => void;
}

export function govern(input: ServerInput, options: GovernOptions): GovernedServer {
  const { name, settings } = input;
  const { log } = options;
  const changes = watchShown(() => server, options);
  const policy = policyOf(input, options, changes.rules);
  const reviewed = options.lock ? reviewedTools(options.lock, name, input.definition ?? '') : everyTool;
  const pool = openPool(input, options, reviewed, changes.tools);
  const own = new GrantPolicies(policy, {
    ...options,
    ratchetFor: (file) => ratchetOf({ kind: 'grant-policy', folder: file, server: name }, options),
    onChange: () => options.onListed(server),
  });
  const policyFor = (grantId: string): PolicySource => own.of(grantId);
  const policyInForce = (grantId: string): PolicyInForce => policyFor(grantId).current();
  const isReviewed = (tool: Tool | undefined): boolean => reviewed.admits(tool);
  const keepValues = keeperOf(input, options);
  const learn = options.sharing ? { learn: learner(options.sharing, options.grants, name) } : {};
  const enforcer = createEnforcer({ ...options, ...learn, server: name, policyInForce, isReviewed, keepValues });
  const server: GovernedServer = {
    name,
    methods: settings.methods,
    enforcer,
    policy: own,
    policyFor,
    admits: (grantId) => options.grants.holds(grantId, name),
    reviewed,
    pool,
    tasks: new TaskOwners(),
    ...createSeals({ ...options, server: name }),
    log,
    ...(input.login ? { login: input.login } : {}),
  };
  options.lock?.listen(changes.lock);
  if (input.login) input.login.onChange = () => options.onStatus(server);
  return server;
}

/** Clients are told of a list that our rules have changed; of one that the server has changed, it tells them itself. */
function watchShown(
  server: () => GovernedServer,
  { onListed, onStatus }: GovernOptions,
): { readonly rules: () => void; readonly lock: () => void; readonly tools: () => void } {
  let before: string | undefined;
  const look = (tells: boolean): void => {
    const shown = shownNames(server()).join('\n');
    if (tells && before !== undefined && shown !== before) onListed(server());
    before = shown;
  };
  const lookAndTell = (tells: boolean): void => {
    look(tells);
    onStatus(server());
  };
  // Of a lock, which is for all servers, the core tells once.
  return { rules: () => lookAndTell(true), lock: () => look(true), tools: () => lookAndTell(false) };
}

function policyOf(input: ServerInput, options: GovernOptions, onChange: () => void): PolicySource {
  const { name, policyFile, source, settings } = input;
  const { policySubject = { kind: 'policy', folder: source?.folder ?? '', server: name } } = input;
  const ratchet = ratchetOf(policySubject, options);
  if (policyFile !== undefined) {
    const file = openPolicyFile(policyFile, options.log, onChange, ratchet);
    return settings.mode === 'observe' ? observed(file) : file;
  }
  // That it has none is what is in force: one that appears later is looser.
  ratchet?.weigh({ file: '', policy: undefined });
  return noPolicy;
}

/** A grant with a policy of its own is bound by that: its calls tell nothing of how the server's would do. */
function keeperOf(
  { settings }: ServerInput,
  { values, grants }: GovernOptions,
): (grantId: string) => KeepValues | undefined {
  const keep = valueKeeper(values, settings.redact ?? [], values.isWanted);
  return (grantId) => (grants.policyOf(grantId) === undefined ? keep : undefined);
}

function ratchetOf(subject: AcceptedSubject, { stores, log }: GovernOptions): PolicyRatchet | undefined {
  return stores && new PolicyRatchet(stores, subject, log);
}

function openPool(
  { name, settings, openTransport, isHttp = false }: ServerInput,
  { clock, log, version }: GovernOptions,
  reviewed: ReviewedTools,
  onChange: () => void,
): UpstreamPool {
  const timeout = settings.timeout * 1000;
  const { redact = [] } = settings;
  const open = async (): Promise<Transport> => {
    reviewed.demandDefinition();
    const transport = await openTransport();
    return redact.length === 0 ? transport : redacting(transport, new Redaction(redact));
  };
  return new UpstreamPool({ server: name, openTransport: open, isHttp, timeout, clock, log, version, onChange });
}

/** The names that agents are shown now, as far as the server's tools are known. */
function shownNames(server: GovernedServer): readonly string[] {
  const isShown = namesShown(server.policy.current());
  return [...singleTools(server.pool.known?.tools ?? [])]
    .filter(([name, tool]) => isShown(name) && server.reviewed.admits(tool))
    .map(([name]) => name);
}

export function statusOf(server: GovernedServer, url: string): ServerStatus {
  const { known, problem } = server.pool;
  const tools = known && { listed: known.tools.length, shown: shownNames(server).length };
  const unreviewed = server.reviewed.unreviewed(known?.tools);
  return {
    name: server.name,
    url,
    state: problem !== undefined ? 'degraded' : known ? 'ready' : 'connecting',
    ...(problem === undefined ? {} : { problem }),
    ...(server.login?.isNeeded === true ? { login: 'needed' as const } : {}),
    ...(tools ? { tools } : {}),
    policy: server.policy.status(),
    ...(unreviewed ? { unreviewed } : {}),
  };
}

export function toolsReport({ name, pool }: GovernedServer): ToolsReport | undefined {
  return pool.known && { server: name, readAt: pool.known.readAt, tools: pool.known.tools };
}

export async function closeServer({ policy, pool }: GovernedServer): Promise<void> {
  await policy.close();
  await pool.close();
}
