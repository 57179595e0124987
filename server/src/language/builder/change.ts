/** A change that a person makes in the policy builder, as edits of the text; the engine says what comes of it before it is offered. */
import { escapeUntrusted } from '../../catalog/escape.ts';
import {
  applyChanges,
  compilePolicy,
  explainTool,
  locateRule,
  type CompiledPolicy,
  type Span,
  type TextChange,
} from '../../policy/index.ts';
import { replaceValue } from '../../policy/changes.ts';
import type { PolicyChange, PolicyChangeResult, ToolState } from '../../protocol/policyTools.ts';
import { stateChanges, stateOf } from './state.ts';

export interface Change extends Omit<NonNullable<PolicyChangeResult>, 'edits' | 'place' | 'problem'> {
  /** Against the policy's own text. */
  readonly changes: readonly TextChange[];
  /** The text as it would be. */
  readonly text: string;
  readonly place?: Span;
}

/** Rules are changed by forms/edit.ts. */
export type StateChange = Exclude<PolicyChange, { kind: 'rule' }>;

/** `undefined`: the result would be no valid policy, such as one with too many entries. */
export function changePolicy(policy: CompiledPolicy, change: StateChange): Change | undefined {
  if (change.kind === 'state') return changeStates(policy, [...new Set(change.tools)], change.state);
  const member = policy.root.members.get('default');
  const changes =
    member === undefined || policy.default === change.value ? [] : [replaceValue(policy.source, member, change.value)];
  return { changes, text: applyChanges(policy.source, changes), changed: 0, conditional: 0, kept: [] };
}

function changeStates(before: CompiledPolicy, tools: readonly string[], state: ToolState): Change | undefined {
  const wanted = tools.filter((tool) => state === 'custom' || stateOf(before, tool) !== state);
  const tried = attempt(before, wanted, state);
  if (tried === undefined) return undefined;
  const stays = new Set(state === 'custom' ? [] : wanted.filter((tool) => !isReached(tried.after, tool, state)));
  const able = wanted.filter((tool) => !stays.has(tool));
  const done = stays.size === 0 ? tried : attempt(before, able, state);
  if (done === undefined) return undefined;
  const { changes, after } = done;
  const place = placeOf(after, tools[0]);
  return {
    changes,
    text: after.source,
    changed: able.filter((tool) => stateOf(after, tool) !== stateOf(before, tool)).length,
    conditional: state === 'allow' ? able.filter((tool) => stateOf(after, tool) === 'custom').length : 0,
    kept: [...stays].map((tool) => ({ label: escapeUntrusted(tool), sentence: explainTool(before, tool).sentence })),
    ...(place && { place }),
  };
}

/** Conditions and limits of a tool that is allowed stay: no click throws away what somebody wrote. */
function isReached(policy: CompiledPolicy, tool: string, wanted: ToolState): boolean {
  const reached = stateOf(policy, tool);
  return reached === wanted || (wanted === 'allow' && reached === 'custom');
}

function attempt(
  policy: CompiledPolicy,
  tools: readonly string[],
  state: ToolState,
): { readonly changes: readonly TextChange[]; readonly after: CompiledPolicy } | undefined {
  const changes = stateChanges(policy, tools, state);
  const compiled = compilePolicy(applyChanges(policy.source, changes));
  return compiled.ok ? { changes, after: compiled.policy } : undefined;
}

function placeOf(policy: CompiledPolicy, tool: string | undefined): Span | undefined {
  if (tool === undefined) return undefined;
  const { rule, rulesets, standing } = explainTool(policy, tool);
  const deciding = standing === 'hidden' ? locateRule(policy, rule, tool) : undefined;
  return deciding ?? policy.tools.exact.get(tool)?.keySpan ?? rulesets[0]?.keySpan ?? locateRule(policy, rule, tool);
}
