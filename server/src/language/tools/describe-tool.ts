/** A tool in words, for hovers and the suggestions' documentation: always in the same order. The decision stands right below the risk, in sight without scrolling. */
import { docsPage } from '../../analysis/index.ts';
import type { Tool } from '../../catalog/tool.ts';
import { explainTool, type CompiledPolicy, type GoverningRuleset, type Restriction } from '../../policy/index.ts';
import { attacksOn, recommendedRule, type RecommendedRule } from '../../risk/index.ts';
import type { Risk } from '../../risk/verdict.ts';
import { heading, json, list, paragraph, type Block, type Inline } from '../document/prose.ts';
import { riskOf } from './known-tools.ts';
import { riskHeading, riskMeaning } from './risk-words.ts';

/** A policy may hold hundreds of conditions for one tool. */
const MAX_RESTRICTIONS = 12;

/** Of longer descriptions, characters that stand before the evidence, which is to be in sight without scrolling; the whole comes last. */
const MAX_LEAD = 200;

/** Characters of code that fit beside each other into a hover. */
const MAX_LINE = 80;

/** Where a tool is described. */
export interface ToolSetting {
  /** `undefined` while the document has errors: then nothing can be said of what it decides. */
  readonly policy: CompiledPolicy | undefined;
  /** The server's name, where it is known. */
  readonly server: string | undefined;
}

export function describeTool(tool: Tool, { policy, server }: ToolSetting): readonly Block[] {
  const risk = riskOf(tool);
  const words = ownWords(tool);
  const confidence = risk.confidence === 'high' ? '' : ` (${risk.confidence} confidence)`;
  return [
    heading(riskHeading(risk), confidence),
    ...decision(tool.name, policy),
    ...serverSays(words),
    paragraph(`${server === undefined ? 'A call' : `A call to ${JSON.stringify(server)}`} ${riskMeaning(risk)}.`),
    ...reasons(risk),
    attacks(risk),
    ...recommendation(tool.name, recommendedRule(tool, risk)),
    ...contradictions(risk),
    ...(words.length > MAX_LEAD ? [paragraph({ bold: 'In full: ' }, words)] : []),
  ];
}

/** What kinds of attack use such a tool, and where to read what a gateway does against them. */
function attacks(risk: Risk): Block {
  const page = { link: 'What Portcullis stops', href: docsPage('attacks.md') };
  return paragraph({ bold: 'Abused by: ' }, `${attacksOn(risk).join(', ')}. `, page);
}

function contradictions({ signals }: Risk): readonly Block[] {
  const claims = signals.filter(({ code }) => code === 'hint-contradicts').map(({ text }) => text);
  return claims.length === 0 ? [] : [paragraph({ bold: 'Contradiction: ' }, `${claims.join('; ')}.`)];
}

/** What the server says the tool does, on one line; empty when it says nothing. */
function ownWords({ description, title, annotations }: Tool): string {
  return (description ?? title ?? annotations?.title ?? '').replace(/\s+/gu, ' ').trim();
}

function serverSays(words: string): readonly Block[] {
  if (words === '') return [paragraph('The server does not say what the tool does.')];
  if (words.length <= MAX_LEAD) return [paragraph({ bold: 'The server says: ' }, words)];
  const end = words.lastIndexOf(' ', MAX_LEAD);
  return [paragraph({ bold: 'The server says: ' }, `${words.slice(0, end > 0 ? end : MAX_LEAD)}…`)];
}

function reasons({ why, signals }: Risk): readonly Block[] {
  const facts = signals.filter(({ code }) => code !== 'hint-contradicts').map(({ text }) => text);
  return [
    ...(why.length > 0 ? [paragraph({ bold: 'Why: ' }, why.join(' '))] : []),
    ...(facts.length > 0 ? [paragraph({ bold: 'Signals: ' }, facts.join('; '))] : []),
  ];
}

/** What the policy does with the tool, and by which rules. */
export function decision(name: string, policy: CompiledPolicy | undefined): readonly Block[] {
  if (policy === undefined) {
    return [paragraph({ bold: 'This policy: ' }, 'what it decides can be said when its errors are mended.')];
  }
  const { sentence, rule, rulesets } = explainTool(policy, name);
  const decisive = rule === '' ? grantedBy(rulesets) : rule;
  const restrictions = rulesets.flatMap((ruleset) => ruleset.restrictions);
  const shown = restrictions.slice(0, MAX_RESTRICTIONS).map((each) => restrictionLine(each, decisive));
  const more = restrictions.length - shown.length;
  const rest: readonly (readonly Inline[])[] = more > 0 ? [[`and ${more} more`]] : [];
  return [
    paragraph(...decided(sentence), ' Rule: ', { code: decisive }),
    ...(shown.length > 0 ? [list(...shown, ...rest)] : []),
  ];
}

/** The engine's own sentences speak of "the policy"; a policy's own `on_deny` does not. */
function decided(sentence: string): readonly Inline[] {
  const own = 'The policy ';
  if (!sentence.startsWith(own)) return [{ bold: 'This policy: ' }, sentence];
  return [{ bold: 'This policy ' }, sentence.slice(own.length)];
}

/** A rule inside the ruleset that was just named goes without that name. */
function restrictionLine({ text, rule }: Restriction, named: string): readonly Inline[] {
  return [text, ' ', { code: rule.startsWith(`${named}/`) ? rule.slice(named.length + 1) : rule }];
}

/** Where a tool that is not denied gets that from: the first entry that lists it, else the default. */
function grantedBy(rulesets: readonly GoverningRuleset[]): string {
  return rulesets.find(({ key }) => key !== undefined && key !== '*')?.pointer ?? '/default';
}

function recommendation(name: string, rule: RecommendedRule): readonly Block[] {
  const text = rule.kind === 'hide' ? { hide: [name] } : { tools: { [name]: rule.entry } };
  return [paragraph({ bold: 'Recommended: ' }, rule.summary), json(shortJson(text))];
}

/** On one line where it fits into a hover, in the style of hand-written policies: JSON has line breaks outside strings only. */
function shortJson(value: object): string {
  const line = JSON.stringify(value, undefined, 1)
    .replace(/(?<=\[)\n\s*|\n\s*(?=\])/g, '')
    .replace(/\n\s*/g, ' ');
  return line.length <= MAX_LINE ? line : JSON.stringify(value, undefined, 2);
}
