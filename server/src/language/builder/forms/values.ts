/** The field for a predicate's value: by the operator, what stands there, and what the argument's schema allows. */
import type { ArgumentPath } from '../../../catalog/index.ts';
import { writeJson, type JsonNode } from '../../../policy/index.ts';
import type { FormField, FormOption } from '../../../protocol/policyForms.ts';
import { elementCandidates, valueCandidates } from '../../completion/predicate-values.ts';
import type { Candidate } from '../../completion/candidate.ts';
import { optionOf } from './offers.ts';

type Value = Pick<FormField, 'input' | 'value' | 'options'>;

/** Options that are blanks to be filled in are no values. */
const literals = (candidates: readonly Candidate[]): readonly FormOption[] =>
  candidates.filter(({ text }) => text.every((piece) => typeof piece === 'string')).map(optionOf);

export function valueField(
  path: string,
  op: string,
  node: JsonNode | undefined,
  argument: ArgumentPath | undefined,
): Value {
  if (op === 'exists') return choice(node, literals(valueCandidates(path, op, argument)), 'true');
  if (op === 'in' || op === 'not_in') return listField(node, path, argument);
  const options = literals(valueCandidates(path, op, argument));
  switch (node?.kind) {
    case 'number':
      return argument?.enum ? choice(node, options) : { input: 'number', value: node.text, options };
    case 'boolean':
      return choice(node, [
        { json: 'true', label: 'true' },
        { json: 'false', label: 'false' },
      ]);
    case 'string':
      return isClosed(path, op, argument) ? choice(node, options) : { input: 'text', value: node.value, options };
    default:
      return asJson(node);
  }
}

/** Whether nothing but what is offered can be meant. */
function isClosed(path: string, op: string, argument: ArgumentPath | undefined): boolean {
  if (op === 'regex' || op === 'contains') return false;
  return path.startsWith('args') ? argument?.enum !== undefined : valueCandidates(path, op, undefined).length > 1;
}

function listField(node: JsonNode | undefined, path: string, argument: ArgumentPath | undefined): Value {
  if (node?.kind !== 'array') return asJson(node);
  const options = literals(elementCandidates(path, argument));
  const isKnown = node.items.every((item) => options.some(({ json }) => json === writeJson(item)));
  if (isKnown && isClosed(path, 'eq', argument)) return { input: 'choices', value: writeJson(node), options };
  const texts = node.items.flatMap((item) =>
    item.kind === 'string' && !/[\r\n]/.test(item.value) ? [item.value] : [],
  );
  const numbers = node.items.flatMap((item) => (item.kind === 'number' ? [item.text] : []));
  const isNumeric = argument?.types.some((type) => type === 'number' || type === 'integer') ?? false;
  if (numbers.length === node.items.length && (numbers.length > 0 || isNumeric))
    return { input: 'numbers', value: numbers.join('\n'), options };
  return texts.length === node.items.length ? { input: 'texts', value: texts.join('\n'), options } : asJson(node);
}

export function choice(node: JsonNode | undefined, options: readonly FormOption[], missing = ''): Value {
  const value = node ? writeJson(node) : missing;
  const isKnown = value === '' || options.some(({ json }) => json === value);
  const label = value.slice(0, 80);
  return { input: 'choice', value, options: isKnown ? options : [...options, { json: value, label }] };
}

const asJson = (node: JsonNode | undefined): Value => ({
  input: 'json',
  value: node ? writeJson(node) : '',
  options: [],
});

const TYPES: readonly (FormOption & { readonly types: readonly string[] })[] = [
  { json: '""', label: 'string', types: ['string'] },
  { json: '0', label: 'number', types: ['number', 'integer'] },
  { json: 'true', label: 'boolean', types: ['boolean'] },
];

/** Types to choose from where the operator takes several and the schema does not say one; none otherwise. */
export function typeChoice(
  op: string,
  node: JsonNode | undefined,
  argument: ArgumentPath | undefined,
): Value | undefined {
  if (!['eq', 'neq', 'contains'].includes(op) || argument?.enum !== undefined) return undefined;
  const own = TYPES.find(({ label }) => label === node?.kind);
  const stated = argument?.types ?? [];
  const options = TYPES.filter(
    ({ types }) => stated.length === 0 || types.some((type) => stated.some((known) => known === type)),
  );
  const offered = options.map(({ json, label }) => ({ json, label }));
  if (own === undefined || (offered.length < 2 && offered.some(({ json }) => json === own.json))) return undefined;
  return {
    input: 'choice',
    value: own.json,
    options: offered.some(({ json }) => json === own.json) ? offered : [...offered, own],
  };
}
