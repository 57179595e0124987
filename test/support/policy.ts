/** Builders for tests of policies: documents from plain values, calls from a name and arguments, decisions from both. */
import { compilePolicy, decide, judge, MemoryCounters, readJson } from '../../server/src/policy/index.ts';
import type {
  Call,
  CompiledPolicy,
  Decision,
  JsonObject,
  Judgement,
  PolicyProblem,
} from '../../server/src/policy/index.ts';

export const OWNER = { server: 'shop', policyFile: '/workspace/policy.json' };

/** Noon of a Wednesday, UTC. */
export const NOON = Date.UTC(2026, 3, 15, 12);

/** Compiles a valid policy: its text, or what `version` and `default` are to be completed with. */
export function policy(document: string | object): CompiledPolicy {
  const compilation = compilePolicy(textOf(document));
  if (compilation.ok) return compilation.policy;
  throw new Error(`Not a valid policy: ${JSON.stringify(compilation.problems)}`);
}

/** The problems of an invalid policy; empty for a valid one. */
export function problemsOf(document: string | Uint8Array | object): readonly PolicyProblem[] {
  const compilation = compilePolicy(document instanceof Uint8Array ? document : textOf(document));
  return compilation.ok ? [] : compilation.problems;
}

/** `code at «underlined text»` for each problem. */
export function problemLines(document: string): readonly string[] {
  return problemsOf(document).map(({ code, span }) => `${code} at «${document.slice(span.start, span.end)}»`);
}

/** A call; `args` is JSON text where its digits or keys matter, or a plain value. */
export function call(tool: string, args?: string | object, facts: Partial<Call> = {}): Call {
  const given = args === undefined ? {} : { arguments: json(args) };
  return { tool, ...given, caller: CALLER, upstream: 'unchecked', ...facts };
}

export const CALLER = { grantId: 'g1', grantLabel: 'local', session: 's1', client: 'vscode' };

/** One call against fresh counters. */
export function decideCall(document: string | object, asked: Call): Decision {
  return decide(policy(document), asked, OWNER, new MemoryCounters(), NOON);
}

/** The log's rule of a denial, or the decision where there is none. */
export function ruleOf(document: string | object, asked: Call): string {
  const { decision, rule } = decideCall(document, asked);
  return decision === 'deny' ? rule : decision;
}

export function judgeCall(document: string | object, asked: Call): Judgement {
  return judge(policy(document), asked, OWNER);
}

export function json(value: string | object): JsonObject {
  const reading = readJson(typeof value === 'string' ? value : JSON.stringify(value));
  if (reading.ok && reading.root.kind === 'object') return reading.root;
  throw new Error(`Not a JSON object: ${JSON.stringify(value)}`);
}

function textOf(document: string | object): string {
  if (typeof document === 'string') return document;
  return JSON.stringify({ version: '1', default: 'allow', ...document });
}
