/** Completion: which source answers at the cursor. The sources are in ../completion. */
import type { CompletionList, Position } from 'vscode-languageserver';
import { amountCandidates, pathCandidates } from '../completion/argument-paths.ts';
import type { Candidate } from '../completion/candidate.ts';
import type { CompletionContext } from '../completion/context.ts';
import { entryCandidates } from '../completion/entries.ts';
import type { ItemOptions } from '../completion/item.ts';
import { completeAt } from '../completion/list.ts';
import { operatorCandidates } from '../completion/operators.ts';
import { argumentOf, operatorOf, pathOf } from '../completion/predicate.ts';
import { elementCandidates, valueCandidates } from '../completion/predicate-values.ts';
import { schemaKeys, schemaValues } from '../completion/schema-words.ts';
import { serverNames } from '../completion/server-names.ts';
import { conditionCandidates, limitCandidates } from '../completion/snippets.ts';
import { hideItems, toolKeys } from '../completion/tool-names.ts';
import { counterNames, denialTexts, slidingWindows } from '../completion/words-in-use.ts';
import { predicateAt, rulesetAt, stepsTo, type PredicatePlace, type RulesetPlace } from '../document/place.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { Schema } from '../schema/walk.ts';
import type { KnownTools } from '../tools/known-tools.ts';

/** Everything that can be written at `position`; empty when nothing can. */
export function complete(
  view: PolicyView,
  position: Position,
  tools: KnownTools,
  options: ItemOptions,
): CompletionList {
  return completeAt(view, position, options, (context) => candidatesAt({ ...context, tools }));
}

function candidatesAt(context: CompletionContext): readonly Candidate[] {
  const { path, slot } = context.cursor;
  if (slot === 'key') return path.length === 1 && path[0] === 'tools' ? toolKeys(context) : schemaKeys(context);
  if (path[0] === 'hide' && path.length === 2) return hideItems(context);
  if (path[0] === 'server' && path.length === 1) return serverNames(context);
  const predicate = predicateAt(path);
  if (predicate !== undefined) return inPredicate(context, predicate);
  const ruleset = rulesetAt(path);
  return (ruleset && inRuleset(context, ruleset)) ?? schemaValues(context);
}

function inPredicate(context: CompletionContext, place: PredicatePlace): readonly Candidate[] {
  const [key, index] = place.rest;
  if (key === 'on_deny') return denialTexts(context);
  const path = pathOf(context, place);
  if (key === 'path' && index === undefined) return pathCandidates(context.tools, place.owner);
  if (key === 'value' && typeof index === 'number') return elementCandidates(path, argumentOf(context, place));
  if (key === 'value' && index === undefined) {
    return valueCandidates(path, operatorOf(context, place), argumentOf(context, place));
  }
  if (key === 'op') {
    return operatorCandidates(operatorSchemas(context), argumentOf(context, place));
  }
  return schemaValues(context);
}

function operatorSchemas({ view, cursor }: CompletionContext): readonly Schema[] {
  return view.schema.of(stepsTo(view.draft, cursor.path));
}

function inRuleset(context: CompletionContext, { owner, rest }: RulesetPlace): readonly Candidate[] | undefined {
  const { tools } = context;
  const [key, index, member] = rest;
  if (rest.length === 0) return owner.kind === 'entry' ? entryCandidates(tools, owner.key) : undefined;
  if (rest.at(-1) === 'on_deny' || (key === 'reason' && rest.length === 1)) return denialTexts(context);
  if (key === 'limits' || key === 'rate_limit') return inLimit(context, { owner, rest });
  if (typeof index !== 'number' || (key !== 'deny_if' && key !== 'require')) return undefined;
  const inGroup = rest.length === 4 && member === 'conditions';
  return rest.length === 2 || inGroup ? conditionCandidates(tools, owner, key, inGroup) : undefined;
}

function inLimit(context: CompletionContext, { owner, rest }: RulesetPlace): readonly Candidate[] | undefined {
  const { tools } = context;
  const [key, index, member] = rest;
  if (key === 'rate_limit') return index === 'window' ? slidingWindows() : undefined;
  if (typeof index !== 'number') return undefined;
  if (rest.length === 2) return limitCandidates(tools, owner);
  if (member === 'increment_from') return amountCandidates(tools, owner);
  return member === 'counter' ? counterNames(context, owner) : undefined;
}
