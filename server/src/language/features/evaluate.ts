/** Tries a call out: the decision that the gateway would make, with its trace. Counters start at zero; nobody is asked, nothing is sent. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { MemoryCounters, readJson, traceCall, type TraceStep } from '../../policy/index.ts';
import type { Span } from '../../policy/json/node.ts';
import type { EvaluateResult, EvaluatedStep } from '../../protocol/language.ts';
import { BadCall, CallReader, type TimedCall } from '../../testing/call.ts';
import { pathOf } from '../client-features.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';

/** @param text - The call, as `portcullis eval` reads it. */
export function evaluate(policy: PolicyView, text: string, tools: KnownTools): EvaluateResult {
  const read = readCall(text, tools);
  if ('problem' in read) return read;
  const owner = { server: tools.server ?? '', policyFile: pathOf(policy.uri) ?? policy.uri };
  const { decision, steps } = traceCall(policy.policy, read.call, owner, new MemoryCounters(), read.at);
  return {
    kind: 'decision',
    tool: read.call.tool,
    decision: decision.decision,
    rule: decision.rule,
    message: decision.message,
    steps: steps.map((step) => onWire(step, policy)),
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

function onWire({ step, outcome, text, rule, span, tests }: TraceStep, policy: PolicyView): EvaluatedStep {
  return {
    step,
    outcome,
    text,
    tests,
    ...(rule !== undefined && { rule }),
    ...(span && { range: policy.range(span) }),
  };
}
