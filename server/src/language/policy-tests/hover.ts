/** Hover in a policy test: the tool and what the policy does with it, an argument, the rule that is expected, the meaning of a key. */
import type { Hover, MarkupKind, Position } from 'vscode-languageserver';
import { locateRule, rulesOf } from '../../policy/index.ts';
import { outcomesFor } from '../../testing/outcomes.ts';

import { list, json, paragraph, render, type Block } from '../document/prose.ts';
import { stepsTo } from '../document/place.ts';
import { tokenAt, type TokenPlace } from '../document/token.ts';
import { describeArgument } from '../tools/describe-argument.ts';
import { decision, describeTool } from '../tools/describe-tool.ts';
import { findTool } from '../tools/known-tools.ts';
import { findArgument } from '../../catalog/index.ts';
import { argumentSteps, caseAt, type CasePlace } from './place.ts';
import type { TestSubject } from './subject.ts';
import type { TestView } from './test-view.ts';

export function hoverTest(view: TestView, position: Position, subject: TestSubject, markup: MarkupKind): Hover | null {
  const place = tokenAt(view.draft, view.offsetAt(position));
  const blocks = place === undefined ? [] : blocksFor(view, place, subject);
  if (place === undefined || blocks.length === 0) return null;
  return { contents: render(blocks, markup), range: view.range(place.token) };
}

function blocksFor(view: TestView, place: TokenPlace, subject: TestSubject): readonly Block[] {
  const found = caseAt(view, place.path);
  const steps = found && argumentSteps(found);
  if (found && steps && steps.length > 0) {
    const tool = findTool(subject.tools, found.tool ?? '');
    const known = findArgument(tool?.inputSchema, steps);
    return tool && known.kind === 'found' ? describeArgument(known.argument, tool, 1) : [];
  }
  const meaning = view.schema.describe(stepsTo(view.draft, place.path));
  const words = meaning === undefined ? [] : [paragraph(meaning)];
  if (place.isKey) return words;
  return [...(found ? inCase(found, String(place.token.value), subject) : policyWords(place, subject)), ...words];
}

function inCase({ rest, tool }: CasePlace, expected: string, subject: TestSubject): readonly Block[] {
  const policy = subject.policy?.policy;
  if (rest.join('/') === 'call/tool' && tool !== undefined) {
    const known = findTool(subject.tools, tool);
    return known ? describeTool(known, { policy, server: subject.tools.server }) : decision(tool, policy);
  }
  if (rest[0] !== 'expect' || tool === undefined || !policy) return [];
  const outcomes = outcomesFor(policy, tool);
  const rule = rest[1] === 'rule' ? ruleText(subject, expected, tool) : [];
  return [
    ...rule,
    paragraph({ bold: 'Calls of this tool can end in: ' }),
    list(
      ...outcomes.map(({ decision: end, rule, text }) => [
        { bold: end },
        ' ',
        ...(rule === '' ? [] : [{ code: rule }, ' ']),
        text,
      ]),
    ),
  ];
}

function policyWords({ path }: TokenPlace, { policy }: TestSubject): readonly Block[] {
  if (path.length !== 1 || path[0] !== 'policy' || !policy?.policy) return [];
  const count = rulesOf(policy.policy).length;
  return [paragraph(`A policy with ${count} ${count === 1 ? 'rule' : 'rules'} that can decide a call.`)];
}

/** The text of the policy where a rule stands, as it is written. */
function ruleText({ policy }: TestSubject, rule: string, tool: string): readonly Block[] {
  const span = policy?.policy && locateRule(policy.policy, rule, tool);
  return span && policy ? [json(policy.text.slice(span.start, span.end))] : [];
}
