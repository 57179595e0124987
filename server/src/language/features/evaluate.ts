/** Tries a call out: the decision that the gateway would make, with its trace. Counters start at zero; nobody is asked, nothing is sent. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MemoryCounters, readJson, traceCall } from '../../policy/index.ts';
import type { Span } from '../../policy/json/node.ts';
import type { EvaluateResult } from '../../protocol/language.ts';
import { BadCall, CallReader, type TimedCall } from '../../testing/call.ts';
import { pathOf } from '../client-features.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { traceText } from './trace-text.ts';

/** @param text - The call, as `portcullis eval` reads it. */
export function evaluate(policy: PolicyView, text: string, tools: KnownTools): EvaluateResult {
  const read = readCall(text, tools);
  if ('problem' in read) return read;
  const owner = { server: tools.server ?? '', policyFile: pathOf(policy.uri) ?? policy.uri };
  const trace = traceCall(policy.policy, read.call, owner, new MemoryCounters(), read.at);
  const { decision, rule, message } = trace.decision;
  const deciding = trace.steps.at(-1)?.span;
  const { text: shown, rules } = traceText(trace);
  return {
    kind: 'decision',
    tool: read.call.tool,
    decision,
    rule,
    message,
    ...(rule !== '' && deciding && { range: policy.range(deciding) }),
    trace: shown,
    links: rules.map(({ range, span }) => ({ range, target: policy.range(span) })),
  };
}

function readCall(text: string, { catalog }: KnownTools): TimedCall | Extract<EvaluateResult, { kind: 'problem' }> {
  const reading = readJson(text);
  if (!reading.ok) return problemAt(text, reading.problems[0].message, reading.problems[0]);
  try {
    return new CallReader(catalog).read(reading.root);
  } catch (error) {
    if (error instanceof BadCall) return problemAt(text, error.message, error.span);
    throw error;
  }
}

function problemAt(text: string, problem: string, span: Span): Extract<EvaluateResult, { kind: 'problem' }> {
  const document = TextDocument.create('', 'json', 0, text);
  const range = { start: document.positionAt(span.start), end: document.positionAt(span.end) };
  return { kind: 'problem', problem, range };
}
