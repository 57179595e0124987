/** A governed server in memory: the real reader, session and enforcer in front of an upstream that only records. For many cases in short time. */
import { everyTool } from '../../../server/src/gateway/reload/reviewedTools.ts';
import { compilePolicy, MemoryCounters } from '../../../server/src/policy/index.ts';
import { LATEST_LEGACY_REVISION } from '../../../server/src/mcp/revision.ts';
import { nobody } from '../../../server/src/gateway/approval/approver.ts';
import { createEnforcer } from '../../../server/src/gateway/rules/enforcer.ts';
import { createSeals } from '../../../server/src/gateway/rules/requestState.ts';
import type { PolicySource } from '../../../server/src/gateway/rules/policyFile.ts';
import type { GovernedServer } from '../../../server/src/gateway/session/server.ts';
import { TaskOwners } from '../../../server/src/gateway/session/tasks.ts';
import { UpstreamPool } from '../../../server/src/gateway/upstream/pool.ts';
import type { Message, Params, RequestMessage } from '../../../server/src/mcp/message.ts';
import type { Transport } from '../../../server/src/mcp/transport.ts';
import type { Decided, Ended } from '../../../server/src/protocol/audit.ts';
import { collectingLog } from '../../support/servers/log.ts';

export interface InMemory {
  readonly server: GovernedServer;
  /** The text of everything that reached the upstream. */
  readonly arrived: readonly string[];
  readonly records: readonly (Decided | Ended)[];
  /** How many connections to the upstream were closed. */
  closed(): number;
}

export interface UpstreamBehaviour {
  /** Answers nothing. */
  readonly silent?: boolean;
  /** Says before each list that it has changed. */
  readonly announces?: boolean;
  /** Method → result, beside the handshake and the list. */
  readonly answers?: Readonly<Record<string, Params>>;
  /** Takes a request itself where it returns `true`; `say` sends to the gateway. */
  readonly takes?: (request: RequestMessage, say: (message: Message) => void) => boolean;
}

export function policyOf(document: unknown): PolicySource {
  const compiled = compilePolicy(JSON.stringify(document));
  if (!compiled.ok) throw new Error(compiled.problems[0]?.message);
  const inForce = { file: '/policy.json', policy: compiled.policy };
  return {
    current: () => inForce,
    status: () => ({ file: inForce.file }),
    accept: () => undefined,
    close: () => Promise.resolve(),
  };
}

export function governInMemory(
  policy: PolicySource,
  tools: readonly string[],
  behaviour: UpstreamBehaviour = {},
): InMemory {
  const arrived: string[] = [];
  const records: (Decided | Ended)[] = [];
  let closed = 0;
  const onClose = (): void => void (closed += 1);
  const { log } = collectingLog();
  const clock = Date.now;
  const counters = new MemoryCounters();
  const enforcer = createEnforcer({
    server: 'memory',
    policyInForce: () => policy.current(),
    counters,
    admit(charges, at, entry) {
      const reserving = counters.reserve(charges, at);
      if (reserving.ok) records.push(entry);
      return Promise.resolve(reserving);
    },
    record: (entry) => void records.push(entry),
    note: (entry) => void records.push(entry),
    isReviewed: () => true,
    approver: nobody,
    grantDigest: () => '',
    clock,
    argsHmac: () => '',
    log,
  });
  const pool = new UpstreamPool({
    server: 'memory',
    openTransport: () => Promise.resolve(recordingTransport({ ...behaviour, arrived, tools, onClose })),
    timeout: 5_000,
    clock,
    log,
    version: 'test',
    onChange: () => undefined,
  });
  const seals = createSeals({ server: 'memory', sign: () => '', argsHmac: () => '', clock });
  const server = {
    name: 'memory',
    methods: {},
    enforcer,
    policy,
    policyFor: () => policy,
    reviewed: everyTool,
    admits: () => true,
    pool,
    tasks: new TaskOwners(),
    ...seals,
    log,
  };
  return { server, arrived, records, closed: () => closed };
}

interface RecordingOptions extends UpstreamBehaviour {
  readonly arrived: string[];
  readonly tools: readonly string[];
  readonly onClose: () => void;
}

function recordingTransport({
  arrived,
  tools,
  silent,
  announces,
  answers: others,
  takes,
  onClose,
}: RecordingOptions): Transport {
  const answers: Readonly<Record<string, Params>> = {
    initialize: {
      protocolVersion: LATEST_LEGACY_REVISION,
      capabilities: { tools: {} },
      serverInfo: { name: 'memory', version: '1' },
    },
    'tools/list': { tools: tools.map((name) => ({ name, inputSchema: { type: 'object' } })) },
    ...others,
  };
  const transport: Transport = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(onClose()),
    send(message: Message) {
      arrived.push(JSON.stringify(message));
      const isTaken = 'method' in message && 'id' in message && takes?.(message, (said) => transport.onmessage?.(said));
      if (!silent && !isTaken && 'method' in message && 'id' in message) {
        const result = answers[message.method] ?? { content: [] };
        if (announces && message.method === 'tools/list')
          queueMicrotask(() => transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }));
        queueMicrotask(() => transport.onmessage?.({ jsonrpc: '2.0', id: message.id, result }));
      }
      return Promise.resolve();
    },
  };
  return transport;
}
