/**
 * The operators (policy language §4): from an operator and its value to a test of one argument value. Anything that an agent could use to
 * slip past a rule by sending another type is `unknown`, never a plain no.
 */
import type { RE2JS } from 're2js';
import type { Operator, Truth } from './compiled.ts';
import { deepEqual, hasInexactNumber } from './json/compare.ts';
import type { JsonNode } from './json/node.ts';
import { isLongerThan } from './json/text.ts';
import { ValueSet } from './value-set.ts';

export type ValueTest = (value: JsonNode | undefined) => Truth;

const MAX_REGEX_INPUT = 64 * 1024;

/** `operand` fits `op`, as structure.ts has checked; `regex` is the compiled operand of that operator. */
export function testOf(op: Operator, operand: JsonNode, regex: RE2JS | undefined): ValueTest {
  if (op === 'exists') return existence(operand);
  const test = presentTest(op, operand, regex);
  return (value) => {
    if (!value) return 'fails';
    return hasInexactNumber(value) ? 'unknown' : test(value);
  };
}

type PresentTest = (value: JsonNode) => Truth;

function presentTest(op: Exclude<Operator, 'exists'>, operand: JsonNode, regex: RE2JS | undefined): PresentTest {
  switch (op) {
    case 'eq':
      return membership([operand]);
    case 'neq':
      return negation(membership([operand]));
    case 'in':
      return membership(operand.kind === 'array' ? operand.items : []);
    case 'not_in':
      return negation(membership(operand.kind === 'array' ? operand.items : []));
    case 'regex':
      return matching(regex);
    case 'contains':
      return containment(operand);
    default:
      return ordering(op, operand.kind === 'number' ? operand.value : Number.NaN);
  }
}

function existence(operand: JsonNode): ValueTest {
  const wanted = operand.kind !== 'boolean' || operand.value;
  return (value) => truth((value !== undefined) === wanted);
}

function membership(operands: readonly JsonNode[]): PresentTest {
  const set = new ValueSet(operands);
  return (value) => (set.isComparable(value) ? truth(set.has(value)) : 'unknown');
}

function negation(test: PresentTest): PresentTest {
  return (value) => {
    const result = test(value);
    return result === 'unknown' ? result : truth(result === 'fails');
  };
}

function ordering(op: 'lt' | 'lte' | 'gt' | 'gte', operand: number): PresentTest {
  return (value) => {
    if (value.kind !== 'number' || Math.abs(value.value) > Number.MAX_SAFE_INTEGER) return 'unknown';
    return truth(isOrdered(op, value.value, operand));
  };
}

function isOrdered(op: 'lt' | 'lte' | 'gt' | 'gte', a: number, b: number): boolean {
  switch (op) {
    case 'lt':
      return a < b;
    case 'lte':
      return a <= b;
    case 'gt':
      return a > b;
    case 'gte':
      return a >= b;
  }
}

function matching(regex: RE2JS | undefined): PresentTest {
  return (value) => {
    if (!regex || value.kind !== 'string' || isLongerThan(value.value, MAX_REGEX_INPUT)) return 'unknown';
    return truth(regex.test(value.value));
  };
}

function containment(operand: JsonNode): PresentTest {
  return (value) => {
    if (value.kind === 'array') return truth(value.items.some((item) => deepEqual(item, operand)));
    if (value.kind !== 'string' || operand.kind !== 'string') return 'unknown';
    return truth(value.value.includes(operand.value));
  };
}

function truth(holds: boolean): Truth {
  return holds ? 'holds' : 'fails';
}
