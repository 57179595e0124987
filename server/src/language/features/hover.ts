/** Hover: on a tool its risk and what the policy decides; in a condition or limit what it means, what is used of it, and the argument; on a key its meaning. */
import type { Hover, MarkupKind, Position } from 'vscode-languageserver';
import { findArgument } from '../../catalog/index.ts';
import { isPattern, restrictionAt } from '../../policy/index.ts';
import { governedTools } from '../completion/context.ts';
import { operatorMeaning } from '../completion/operators.ts';
import type { DocumentPath } from '../document/cursor.ts';
import { predicateAt, rulesetAt, scalarAt, stepsTo } from '../document/place.ts';
import type { PolicyView } from '../document/policy-view.ts';
import { list, paragraph, render, type Block } from '../document/prose.ts';
import { tokenAt, type TokenPlace } from '../document/token.ts';
import { describeArgument } from '../tools/describe-argument.ts';
import { describeRule } from '../tools/describe-rule.ts';
import { decision, describeTool } from '../tools/describe-tool.ts';
import { findTool, riskOf, type KnownTools } from '../tools/known-tools.ts';
import { describeUse } from '../tools/present-use.ts';
import { riskBadge } from '../tools/risk-words.ts';

/** A pattern may match thousands of tools. */
const MAX_MATCHES = 10;

export function hover(view: PolicyView, position: Position, tools: KnownTools, markup: MarkupKind): Hover | null {
  const place = tokenAt(view.draft, view.offsetAt(position));
  const blocks = place === undefined ? [] : blocksFor(view, place, tools);
  if (place === undefined || blocks.length === 0) return null;
  return { contents: render(blocks, markup), range: view.range(place.token) };
}

function blocksFor(view: PolicyView, place: TokenPlace, tools: KnownTools): readonly Block[] {
  const { path, token, isKey } = place;
  const text = String(token.value);
  if (isToolName(place)) return isPattern(text) ? aboutPattern(text, tools) : aboutTool(view, text, tools);
  const rule = view.policy && restrictionAt(view.policy, token.start);
  return [
    ...(rule ? describeRule(rule) : []),
    ...(rule && view.policy && tools.present ? describeUse(rule, view.policy, tools.present) : []),
    ...aboutArgument(view, path, tools),
    ...(isKey || predicateAt(path)?.rest[0] !== 'op' ? [] : aboutOperator(text)),
    ...meaning(view, place),
  ];
}

/** A key of `tools` or an item of `hide`. */
function isToolName({ path, isKey }: TokenPlace): boolean {
  return path.length === 2 && ((path[0] === 'tools' && isKey) || path[0] === 'hide');
}

function aboutTool(view: PolicyView, name: string, tools: KnownTools): readonly Block[] {
  const tool = findTool(tools, name);
  if (tool !== undefined) return describeTool(tool, { policy: view.policy, server: tools.server });
  return [...whyUnknown(tools), ...decision(name, view.policy)];
}

function whyUnknown({ server, catalog, state }: KnownTools): readonly Block[] {
  if (server === undefined) return [];
  if (catalog !== undefined) return [paragraph(`The server ${quote(server)} does not list this tool.`)];
  if (state.state === 'listing')
    return [paragraph(`The tools of ${quote(server)} are being read. Look again in a moment.`)];
  if (state.state !== 'failed') return [];
  return [
    paragraph(`The server ${quote(server)} cannot be reached, so nothing is known of its tools. `, state.problem ?? ''),
  ];
}

function aboutPattern(pattern: string, tools: KnownTools): readonly Block[] {
  if (tools.catalog === undefined) return [paragraph('A pattern: each * stands for any run of characters.')];
  const matching = governedTools(tools, { kind: 'entry', key: pattern });
  const count = matching.length === 1 ? '1 tool matches' : `${matching.length} tools match`;
  const shown = matching.slice(0, MAX_MATCHES).map((tool) => [{ code: tool.name }, ` ${riskBadge(riskOf(tool))}`]);
  const more = matching.length > shown.length ? [[`and ${matching.length - shown.length} more`]] : [];
  return [paragraph(`${count} this pattern.`), ...(shown.length > 0 ? [list(...shown, ...more)] : [])];
}

/** The argument that a condition or limit is about. Where the governed tools' schemas disagree, the first that has it speaks. */
function aboutArgument(view: PolicyView, path: DocumentPath, tools: KnownTools): readonly Block[] {
  const predicate = predicateAt(path)?.predicate;
  const owner = rulesetAt(path)?.owner;
  const named =
    predicate === undefined ? scalarOf(view, path, 'increment_from') : scalarAt(view.draft, [...predicate, 'path']);
  if (owner === undefined || typeof named !== 'string') return [];
  const governed = governedTools(tools, owner);
  for (const tool of governed) {
    const found = findArgument(tool.inputSchema, named);
    if (found.kind === 'found') return describeArgument(found.argument, tool, governed.length);
  }
  return [];
}

/** The value at `path`, where its key is `key`. */
function scalarOf(view: PolicyView, path: DocumentPath, key: string): string | number | boolean | undefined {
  return path.at(-1) === key ? scalarAt(view.draft, path) : undefined;
}

function aboutOperator(operator: string): readonly Block[] {
  const words = operatorMeaning(operator);
  return words === undefined ? [] : [paragraph({ code: operator }, `: the argument ${words}.`)];
}

/** What the policy's schema says of the place. */
function meaning(view: PolicyView, { path }: TokenPlace): readonly Block[] {
  const description = view.schema.describe(stepsTo(view.draft, path));
  return description === undefined ? [] : [paragraph(description)];
}

function quote(name: string | undefined): string {
  return JSON.stringify(name ?? '');
}
