/**
 * The start-up self-test: calls that must be denied go through the real reader, session and enforcer, in front of an upstream that records
 * what reaches it. A gateway that lets one through must not listen (architecture, principle 2).
 */
import { MemoryCounters } from '../policy/index.ts';
import type { CompiledPolicy } from '../policy/index.ts';
import type { Message, Params } from '../mcp/message.ts';
import type { Transport } from '../mcp/transport.ts';
import type { Log } from '../ports.ts';
import { readFrame } from './message/frame.ts';
import { LATEST_LEGACY_REVISION } from '../mcp/revision.ts';
import { nobody } from './rules/approver.ts';
import { createEnforcer } from './rules/enforcer.ts';
import type { GovernedServer } from './session/server.ts';
import { Session } from './session/session.ts';
import { TaskOwners } from './session/tasks.ts';
import { UpstreamPool } from './upstream/pool.ts';

/** Names that no policy can allow (policy language §3, step 2). */
const UNSAFE = ['', '*', 'a\u0000b', 'a\u202Eb', 'x'.repeat(129)];
/** So many names of each kind are taken from the policy. */
const SAMPLES = 50;

/** Resolves with what went wrong, for people; empty when every forbidden call was denied. Never rejects. */
export async function selfTest(server: GovernedServer, log: Log): Promise<readonly string[]> {
  const names = forbiddenNames(server.policy.current().policy);
  const upstream = new RecordingUpstream(names);
  const trial = standIn(server, upstream, log);
  const problems: string[] = [];
  try {
    const probe = new Probe(trial);
    await probe.send('initialize', {
      protocolVersion: LATEST_LEGACY_REVISION,
      capabilities: {},
      clientInfo: { name: 'self-test', version: '1' },
    });
    for (const name of names) {
      if (!isDenial(await probe.send('tools/call', { name, arguments: {} })))
        problems.push(`A call of ${JSON.stringify(name)} was not denied.`);
      probe.notify('tools/call', { name, arguments: {} });
    }
    probe.close();
  } catch (error) {
    problems.push(`The self-test broke off: ${error instanceof Error ? error.message : String(error)}`);
  }
  await trial.pool.close();
  if (upstream.calls.length > 0) problems.push(`${upstream.calls.length} forbidden messages reached the server.`);
  return problems;
}

/** Unsafe names, and those that the document itself says are hidden or denied; without a policy, any name at all. */
function forbiddenNames(policy: CompiledPolicy | undefined): readonly string[] {
  if (!policy) return [...UNSAFE, 'any_tool'];
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
function standIn(server: GovernedServer, upstream: RecordingUpstream, log: Log): GovernedServer {
  const clock = Date.now;
  const { name, policy } = server;
  const counters = new MemoryCounters();
  const enforcer = createEnforcer({
    server: name,
    policyInForce: () => policy.current(),
    counters,
    admit: (charges, at) => counters.reserve(charges, at),
    record: () => undefined,
    note: () => undefined,
    approver: nobody,
    clock,
    argsHmac: () => '',
    log,
  });
  const openTransport = (): Promise<Transport> => Promise.resolve(upstream);
  const pool = new UpstreamPool({
    server: name,
    openTransport,
    timeout: 10_000,
    clock,
    log,
    version: '1',
    onChange: () => undefined,
  });
  return { name, methods: {}, enforcer, policy, pool, tasks: new TaskOwners(), log };
}

/** A client that speaks to the session as a face does: in bytes. */
class Probe {
  readonly #session: Session;
  #lastId = 0;

  constructor(server: GovernedServer) {
    const grant = { id: 'self-test', label: 'self-test' };
    this.#session = new Session({ server, grant, name: 'self-test', outlet: () => undefined });
  }

  send(method: string, params: Params): Promise<Message> {
    this.#lastId += 1;
    return new Promise((resolve, reject) => {
      const drop = (): void => reject(new Error('A request was dropped.'));
      this.#receive(
        { jsonrpc: '2.0', id: this.#lastId, method, params },
        { relate: () => undefined, answer: resolve, drop },
      );
    });
  }

  notify(method: string, params: Params): void {
    this.#receive(
      { jsonrpc: '2.0', method, params },
      { relate: () => undefined, answer: () => undefined, drop: () => undefined },
    );
  }

  close(): void {
    this.#session.close();
  }

  #receive(message: Message, reply: Parameters<Session['receive']>[1]): void {
    const frame = readFrame(Buffer.from(JSON.stringify(message)));
    if (!frame.ok) throw new Error(frame.refused.message);
    for (const each of frame.messages) this.#session.receive(each, reply);
  }
}

function isDenial(answer: Message): boolean {
  if (!('result' in answer) || answer.result['isError'] !== true) return false;
  const meta = answer.result['_meta'];
  return typeof meta === 'object' && meta !== null && Object.hasOwn(meta, 'portcullis/decision');
}

/** Lists every forbidden name, so that nothing but the policy stands in a call's way, and notes what arrives. */
class RecordingUpstream implements Transport {
  readonly calls: Message[] = [];
  onmessage?: ((message: Message) => void) | undefined;
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  send(message: Message): Promise<void> {
    if (!('method' in message)) return Promise.resolve();
    if (message.method === 'tools/call') this.calls.push(message);
    if ('id' in message)
      queueMicrotask(() => this.onmessage?.({ jsonrpc: '2.0', id: message.id, result: this.#answer(message.method) }));
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #answer(method: string): Params {
    if (method === 'tools/list')
      return { tools: this.#names.map((name) => ({ name, inputSchema: { type: 'object' } })) };
    return {
      protocolVersion: LATEST_LEGACY_REVISION,
      capabilities: { tools: {} },
      serverInfo: { name: 'self-test', version: '1' },
    };
  }
}
