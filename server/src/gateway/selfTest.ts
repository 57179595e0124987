/**
 * The start-up self-test: calls that must be denied go through the real reader, enforcer and the handling of both eras, in front of an upstream that records
 * what reaches it. A gateway that lets one through must not listen (architecture, principle 2).
 */
import { MemoryCounters } from '../policy/index.ts';
import type { Message } from '../mcp/message.ts';
import type { Transport } from '../mcp/transport.ts';
import type { Log } from '../ports.ts';
import { nobody } from './approval/approver.ts';
import { createEnforcer, type PolicyInForce } from './rules/enforcer.ts';
import type { PolicySource } from './rules/policyFile.ts';
import { createSeals } from './rules/requestState.ts';
import { everyTool } from './reload/reviewedTools.ts';
import type { GovernedServer } from './session/server.ts';
import { TaskOwners } from './session/tasks.ts';
import { SessionProbe, StatelessProbe, type Probe } from './trial/client.ts';
import { RecordingUpstream } from './trial/upstream.ts';
import { UpstreamPool } from './upstream/pool.ts';

/** Names that no policy can allow (policy language §3, step 2). */
const UNSAFE = ['', '*', 'a\u0000b', 'a\u202Eb', 'x'.repeat(129)];
/** So many names of each kind are taken from the policy. */
const SAMPLES = 50;

/** Resolves with what went wrong, for people; empty when every forbidden call was denied. Never rejects. */
export async function selfTest(server: GovernedServer, log: Log): Promise<readonly string[]> {
  const names = forbiddenNames(server.policy.current());
  const calls: Message[] = [];
  const trial = standIn(server, () => new RecordingUpstream(names, calls), log);
  const problems: string[] = [];
  try {
    for (const probe of [new SessionProbe(trial), new StatelessProbe(trial)])
      problems.push(...(await refusalsMissing(probe, names)));
  } catch (error) {
    problems.push(`The self-test broke off: ${error instanceof Error ? error.message : String(error)}`);
  }
  await trial.pool.close();
  if (calls.length > 0) problems.push(`${calls.length} forbidden messages reached the server.`);
  return problems;
}

async function refusalsMissing(probe: Probe, names: readonly string[]): Promise<readonly string[]> {
  const problems: string[] = [];
  await probe.open();
  for (const name of names) {
    if (!isDenial(await probe.send('tools/call', { name, arguments: {} })))
      problems.push(`A call of ${JSON.stringify(name)} was not denied.`);
    probe.notify('tools/call', { name, arguments: {} });
  }
  probe.close();
  return problems;
}

/** Unsafe names, and, where it is enforced, those that the document itself says are hidden or denied; without a policy, any name at all. */
function forbiddenNames({ policy, isObserved }: PolicyInForce): readonly string[] {
  if (!policy) return [...UNSAFE, 'any_tool'];
  if (isObserved) return UNSAFE;
  const hide = policy.root.members.get('hide')?.value;
  const hidden =
    hide?.kind === 'array' ? hide.items.flatMap((item) => (item.kind === 'string' ? [item.value] : [])) : [];
  const tools = policy.root.members.get('tools')?.value;
  const entries = tools?.kind === 'object' ? [...tools.members] : [];
  const denied = entries.flatMap(([name, { value }]) => {
    const action = value.kind === 'object' ? value.members.get('action')?.value : undefined;
    return action?.kind === 'string' && action.value === 'deny' ? [name] : [];
  });
  return [...UNSAFE, ...exact(hidden), ...exact(denied)];
}

function exact(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => !pattern.includes('*')).slice(0, SAMPLES);
}

/** The server under test with its own policy, but with counters, records and an upstream that touch nothing real. */
function standIn(server: GovernedServer, open: () => Transport, log: Log): GovernedServer {
  const clock = Date.now;
  const { name, policy } = server;
  const policyFor = (): PolicySource => policy;
  const counters = new MemoryCounters();
  const enforcer = createEnforcer({
    isReviewed: () => true,
    server: name,
    policyInForce: () => policy.current(),
    counters,
    admit: (charges, at) => Promise.resolve(counters.reserve(charges, at)),
    record: () => undefined,
    note: () => undefined,
    approver: nobody,
    grantDigest: () => '',
    clock,
    argsHmac: () => '',
    log,
  });
  const pool = trialPool(name, open, log);
  const seals = createSeals({ server: name, sign: () => '', argsHmac: () => '', clock });
  return {
    name,
    methods: {},
    enforcer,
    policy,
    policyFor,
    reviewed: everyTool,
    admits: () => true,
    pool,
    tasks: new TaskOwners(),
    ...seals,
    log,
  };
}

function trialPool(server: string, open: () => Transport, log: Log): UpstreamPool {
  const openTransport = (): Promise<Transport> => Promise.resolve(open());
  const onChange = (): void => undefined;
  return new UpstreamPool({ server, openTransport, timeout: 10_000, clock: Date.now, log, version: '1', onChange });
}

function isDenial(answer: Message): boolean {
  if (!('result' in answer) || answer.result['isError'] !== true) return false;
  const meta = answer.result['_meta'];
  return typeof meta === 'object' && meta !== null && Object.hasOwn(meta, 'portcullis/decision');
}
