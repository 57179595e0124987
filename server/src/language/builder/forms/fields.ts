/** The fields of rules: what stands in each, what can be chosen, and what the editor says of it. */
import { numberAt, memberOf, stringAt } from '../../../policy/json/access.ts';
import { writeJson, type JsonNode } from '../../../policy/index.ts';
import type { FormField, FormFieldName, FormOption, FormOwner, FormPath } from '../../../protocol/policyForms.ts';
import { amountCandidates, pathCandidates, typeWords } from '../../completion/argument-paths.ts';
import { operatorCandidates } from '../../completion/operators.ts';
import { counterBase, slidingWindows } from '../../completion/words-in-use.ts';
import { stepsTo } from '../../document/place.ts';
import type { PolicyView } from '../../document/policy-view.ts';
import type { KnownTools } from '../../tools/known-tools.ts';
import { argumentAt } from './arguments.ts';
import { optionOf } from './offers.ts';
import { rootOf } from './owner.ts';
import { choice, typeChoice, valueField } from './values.ts';

/** What the fields of one form are made from. */
export interface FormContext {
  readonly view: PolicyView;
  readonly known: KnownTools;
  readonly owner: FormOwner;
  /** The paths that conditions can name. */
  readonly paths: readonly FormOption[];
  /** The paths that limits can add up. */
  readonly amounts: readonly FormOption[];
}

/** What many fields offer is looked for once, where a field asks. */
export function formContext(view: PolicyView, known: KnownTools, owner: FormOwner): FormContext {
  let paths: readonly FormOption[] | undefined;
  let amounts: readonly FormOption[] | undefined;
  return {
    ...{ view, known, owner },
    get paths() {
      return (paths ??= pathCandidates(known, owner).slice(0, MAX_OPTIONS).map(optionOf));
    },
    get amounts() {
      return (amounts ??= amountCandidates(known, owner).slice(0, MAX_OPTIONS).map(optionOf));
    },
  };
}

const OTHER_PATH: FormOption = { json: '"args.name"', label: 'args…' };

type Draft = Omit<FormField, 'findings'>;

/** More than a person looks through: what is not offered is typed. */
const MAX_OPTIONS = 300;

export function settingFields(context: FormContext, entry: JsonNode | undefined): readonly Draft[] {
  if (context.owner.kind === 'all_tools') return [];
  const approval = memberOf(entry, 'approval');
  const asks = stringAt(entry, 'action') === 'require_approval';
  return [
    choiceField(context, entry, ['action'], 'action', true),
    textField(entry, ['reason'], 'reason'),
    ...(asks
      ? [
          numberField(approval, ['approval', 'timeout'], 'timeout', true),
          textField(approval, ['approval', 'message'], 'message'),
          choiceField(context, approval, ['approval', 'remember'], 'remember', true),
        ]
      : []),
  ];
}

/** @param isPart - Of a group, which has the texts and the name itself. */
export function predicateFields(
  context: FormContext,
  node: JsonNode,
  path: FormPath,
  isPart: boolean,
): readonly Draft[] {
  const { known, owner } = context;
  const argumentPath = stringAt(node, 'path') ?? '';
  const op = stringAt(node, 'op') ?? '';
  const argument = argumentAt(known, owner, argumentPath);
  const operators = operatorCandidates(schemasOf(context, [...path, 'op']), argument).map(optionOf);
  const type = typeChoice(op, memberOf(node, 'value'), argument);
  const note = argument && [typeWords(argument), argument.format].filter(Boolean).join(', ');
  const common = { path: [...path, 'value'], optional: false } as const;
  return [
    pathField(context, node, [...path, 'path']),
    { name: 'op', path: [...path, 'op'], optional: false, ...choice(memberOf(node, 'op'), operators) },
    ...(type ? [{ ...common, ...type, name: 'type' as const }] : []),
    {
      ...common,
      ...valueField(argumentPath, op, memberOf(node, 'value'), argument),
      name: 'value',
      ...(argument?.format !== undefined && { format: argument.format }),
      ...(note !== undefined && { note }),
    },
    ...(isPart ? [] : denialFields(node, path)),
  ];
}

/** Chosen where the schemas know it; the last choice, and any that they do not know, is for typing. */
function pathField(context: FormContext, node: JsonNode, path: FormPath): Draft {
  const options = context.paths;
  const typed = text(node, path, 'path', false);
  const isKnown = options.some(({ json }) => json === JSON.stringify(typed.value));
  if (!isKnown) return { ...typed, options };
  return { ...typed, ...choice(memberOf(node, 'path'), [...options, OTHER_PATH]) };
}

/** A name for the log is shown where there is one: few rules need another than their own. */
export function denialFields(node: JsonNode, path: FormPath): readonly Draft[] {
  const id = memberOf(node, 'id') ? [textField(node, [...path, 'id'], 'id')] : [];
  return [textField(node, [...path, 'on_deny'], 'on_deny'), ...id];
}

export function rateFields(context: FormContext, node: JsonNode, path: FormPath): readonly Draft[] {
  return [
    numberField(node, [...path, 'max'], 'max', false),
    {
      ...numberField(node, [...path, 'window'], 'seconds', false),
      options: slidingWindows().map(optionOf),
    },
    choiceField(context, node, [...path, 'scope'], 'scope', true),
    textField(node, [...path, 'on_deny'], 'on_deny'),
  ];
}

export function limitFields(context: FormContext, node: JsonNode, path: FormPath): readonly Draft[] {
  const base = counterBase(context.owner);
  const counters = [`${base}_rate`, `${base}_sum`].map((name) => ({ json: JSON.stringify(name), label: name }));
  return [
    numberField(node, [...path, 'max'], 'max', false),
    choiceField(context, node, [...path, 'window'], 'window', false),
    choiceField(context, node, [...path, 'scope'], 'scope', true),
    { ...text(node, [...path, 'increment_from'], 'increment_from', true), options: context.amounts },
    { ...text(node, [...path, 'counter'], 'counter', false), options: counters },
    textField(node, [...path, 'on_deny'], 'on_deny'),
  ];
}

const textField = (holder: JsonNode | undefined, path: FormPath, name: FormFieldName): Draft =>
  text(holder, path, name, true);

function text(holder: JsonNode | undefined, path: FormPath, name: FormFieldName, optional: boolean): Draft {
  const value = stringAt(holder, String(path.at(-1))) ?? '';
  return { name, path, input: 'text', value, optional, options: [] };
}

function numberField(holder: JsonNode | undefined, path: FormPath, name: FormFieldName, optional: boolean): Draft {
  const key = String(path.at(-1));
  const node = memberOf(holder, key);
  const value = numberAt(holder, key) === undefined || !node ? '' : writeJson(node);
  return { name, path, input: 'number', value, optional, options: [] };
}

/** Words that the schema of policies lists. */
function choiceField(
  context: FormContext,
  holder: JsonNode | undefined,
  path: FormPath,
  name: FormFieldName,
  optional: boolean,
): Draft {
  const words = schemasOf(context, path).flatMap((schema) => schema.enum ?? []);
  const options = [...new Set(words)].map((word): FormOption => ({ json: JSON.stringify(word), label: String(word) }));
  return { name, path, optional, ...choice(memberOf(holder, String(path.at(-1))), options) };
}

function schemasOf({ view, owner }: FormContext, path: FormPath): ReturnType<PolicyView['schema']['of']> {
  return view.schema.of(stepsTo(view.draft, [...rootOf(owner), ...path]));
}
