/** The form of one owner's rules: read from the text, with what the engine and the analysis say of each. */
import { escapeUntrusted } from '../../../catalog/escape.ts';
import {
  explainTool,
  locateRule,
  type CompiledPolicy,
  type CompiledRuleset,
  type JsonNode,
  type Span,
  type ToolStanding,
} from '../../../policy/index.ts';
import { restrictionsOf } from '../../../policy/explain.ts';
import { memberOf } from '../../../policy/json/access.ts';
import { nodeAt } from '../../../policy/node-changes.ts';
import type {
  FormField,
  FormList,
  FormListName,
  FormOwner,
  FormPath,
  FormRule,
  RuleForm,
} from '../../../protocol/policyForms.ts';
import type { PolicyView } from '../../document/policy-view.ts';
import type { KnownTools } from '../../tools/known-tools.ts';
import {
  denialFields,
  formContext,
  limitFields,
  predicateFields,
  rateFields,
  settingFields,
  type FormContext,
} from './fields.ts';
import { FindingsByPlace } from './findings.ts';
import { conditionOffers, offersFor } from './offers.ts';
import { isForMany, labelOf, rootOf } from './owner.ts';

const LISTS: readonly FormListName[] = ['deny_if', 'require', 'rate_limit', 'limits'];

/** `undefined`: the text is no valid policy. */
export function ruleForm(view: PolicyView, known: KnownTools, owner: FormOwner): RuleForm | undefined {
  const { policy } = view;
  return policy && new FormReader(policy, formContext(view, known, owner)).read();
}

class FormReader {
  readonly #policy: CompiledPolicy;
  readonly #context: FormContext;
  readonly #entry: JsonNode | undefined;
  readonly #clauses: ReadonlyMap<number, string>;
  readonly #findings: FindingsByPlace;
  #explained: ToolStanding | undefined;

  constructor(policy: CompiledPolicy, context: FormContext) {
    this.#policy = policy;
    this.#context = context;
    this.#entry = nodeAt(policy.root, rootOf(context.owner));
    const ruleset = rulesetOf(policy, context.owner);
    this.#clauses = new Map((ruleset ? restrictionsOf(ruleset) : []).map(({ start, text }) => [start, text]));
    const { view, known } = context;
    const span = ruleset && { start: ruleset.keySpan.start, end: ruleset.end };
    this.#findings = new FindingsByPlace(view.findings(known), span);
  }

  read(): RuleForm {
    const { owner } = this.#context;
    const fields = this.#fields(settingFields(this.#context, this.#entry));
    const lists = LISTS.map((name) => this.#list(name));
    const range = this.#range();
    return {
      owner,
      label: labelOf(owner),
      isWritten: this.#entry !== undefined,
      ...this.#decision(),
      fields,
      lists,
      others: this.#others(),
      findings: this.#findings.rest(),
      ...(range && { range: this.#context.view.range(range) }),
    };
  }

  #list(name: FormListName): FormList {
    const { known, owner } = this.#context;
    const stated = memberOf(this.#entry, name);
    const offers = name === 'rate_limit' && stated ? [] : offersFor(known, owner, name);
    if (stated?.kind === 'array')
      return { name, offers, rules: stated.items.map((item, at) => this.#rule(name, item, [name, at])) };
    return { name, offers, rules: stated ? [this.#rule(name, stated, [name])] : [] };
  }

  #rule(list: FormListName, node: JsonNode, path: FormPath): FormRule {
    const conditions = memberOf(node, 'conditions');
    const isCondition = list === 'deny_if' || list === 'require';
    const parts = isCondition && conditions?.kind === 'array' ? this.#parts(list, conditions.items, path) : undefined;
    const fields = this.#fields(this.#draftsOf(list, node, path, parts !== undefined));
    const clause = this.#clauses.get(node.start);
    return {
      path,
      ...(clause !== undefined && { clause: escapeUntrusted(clause, { max: 400 }) }),
      fields,
      ...(parts && { parts }),
      findings: this.#findings.take(node),
    };
  }

  #draftsOf(list: FormListName, node: JsonNode, path: FormPath, isGroup: boolean): ReturnType<typeof denialFields> {
    if (list === 'limits') return limitFields(this.#context, node, path);
    if (list === 'rate_limit') return rateFields(this.#context, node, path);
    return isGroup ? denialFields(node, path) : predicateFields(this.#context, node, path, false);
  }

  #parts(list: 'deny_if' | 'require', items: readonly JsonNode[], group: FormPath): NonNullable<FormRule['parts']> {
    const { known, owner } = this.#context;
    const path = [...group, 'conditions'];
    const rules = items.map((item, index) => {
      const own = [...path, index];
      const fields = this.#fields(predicateFields(this.#context, item, own, true));
      return { path: own, fields, findings: this.#findings.take(item) };
    });
    return { path, rules, offers: conditionOffers(known, owner, list, true) };
  }

  #fields(drafts: readonly Omit<FormField, 'findings'>[]): readonly FormField[] {
    return drafts.map((draft) => {
      const node = nodeAt(this.#policy.root, [...rootOf(this.#context.owner), ...draft.path]);
      const isShown = node !== undefined && draft.name !== 'type';
      const range = node && draft.input === 'json' ? { range: this.#context.view.range(node) } : {};
      return { ...draft, ...range, findings: isShown ? this.#findings.take(node) : [] };
    });
  }

  #decision(): Pick<RuleForm, 'decision'> {
    const { owner } = this.#context;
    if (owner.kind === 'all_tools' || isForMany(owner)) return {};
    const { standing, sentence } = this.#explain(owner.key);
    return { decision: { standing, sentence } };
  }

  #others(): RuleForm['others'] {
    const { owner } = this.#context;
    if (owner.kind === 'all_tools' || isForMany(owner)) return [];
    const others = this.#explain(owner.key).rulesets.filter(({ key }) => key !== owner.key);
    return others.map(({ key, action, restrictions }) => {
      const from: FormOwner = key === undefined ? { kind: 'all_tools' } : { kind: 'entry', key };
      const clauses = [
        ...(action ? [`action: ${action}`] : []),
        ...restrictions.map(({ text }) => escapeUntrusted(text)),
      ];
      return { owner: from, label: labelOf(from), clauses };
    });
  }

  #range(): Span | undefined {
    const { owner } = this.#context;
    const own = rulesetOf(this.#policy, owner)?.keySpan;
    if (own || owner.kind === 'all_tools') return own;
    return locateRule(this.#policy, this.#explain(owner.key).rule, owner.key);
  }

  /** Asked several times, and always of the form's own tool. */
  #explain(tool: string): ToolStanding {
    return (this.#explained ??= explainTool(this.#policy, tool));
  }
}

function rulesetOf({ tools, allTools }: CompiledPolicy, owner: FormOwner): CompiledRuleset | undefined {
  if (owner.kind === 'all_tools') return allTools;
  return tools.exact.get(owner.key) ?? tools.patterns.find(({ key }) => key === owner.key);
}
