/**
 * Joins shapes: `both` for schemas that all apply, `either` for alternatives.
 * It errs towards allowing: an editor that calls a working path wrong is worse than one that misses a mistake.
 */
import { canonicalJson } from '../canonical.ts';
import { joinFacts } from './facts.ts';
import type { JsonType } from './node.ts';
import { KEYS, NOTHING, type Facts, type Keys, type Shape } from './shape.ts';

/** The shape of a value to which both apply. The first one's description and order of keys win. */
export function both(first: Shape, second: Shape): Shape {
  return {
    types: intersectTypes(first.types, second.types),
    properties: joinProperties([first, second], 'allOf'),
    required: new Set([...first.required, ...second.required]),
    keys: Math.max(first.keys, second.keys) as Keys,
    additional: joinRest('allOf', [first.additional, second.additional]),
    prefix: joinPrefixes([first, second], 'allOf'),
    items: joinRest('allOf', [first.items, second.items]),
    values: intersectValues(first.values, second.values),
    facts: joinFacts(first.facts, second.facts),
  };
}

/** The shape of a value to which at least one applies. */
export function either(shapes: readonly Shape[]): Shape {
  const alternatives = [...new Set(shapes)];
  const [first, ...others] = alternatives;
  if (first === undefined) return NOTHING;
  if (others.length === 0) return first;
  const objects = alternatives.filter((shape) => admits(shape, 'object'));
  const arrays = alternatives.filter((shape) => admits(shape, 'array'));
  return {
    types: alternatives.some((shape) => shape.types === undefined) ? undefined : unionTypes(alternatives),
    properties: joinProperties(objects, 'anyOf'),
    required: commonKeys(objects),
    keys: objects.length === 0 ? KEYS.unknown : (Math.min(...objects.map((shape) => shape.keys)) as Keys),
    additional: alternativeRest(objects.map((shape) => shape.additional)),
    prefix: joinPrefixes(arrays, 'anyOf'),
    items: alternativeRest(arrays.map((shape) => shape.items)),
    values: unionValues(alternatives),
    facts: alternativeFacts(alternatives),
  };
}

function admits(shape: Shape, type: JsonType): boolean {
  return shape.types === undefined || shape.types.has(type);
}

function intersectTypes(a: Shape['types'], b: Shape['types']): Shape['types'] {
  if (a === undefined) return b;
  if (b === undefined) return a;
  const common = new Set([...a].filter((type) => b.has(type) || (type === 'integer' && b.has('number'))));
  if (a.has('number') && b.has('integer')) common.add('integer');
  return common;
}

function unionTypes(shapes: readonly Shape[]): ReadonlySet<JsonType> {
  const types = new Set(shapes.flatMap((shape) => [...(shape.types ?? [])]));
  if (types.has('number')) types.delete('integer');
  return types;
}

type Joint = 'allOf' | 'anyOf';

/** Several schemas as one: a schema object of our own making, which read.ts reads like any other. */
function join(joint: Joint, schemas: readonly unknown[]): unknown {
  return schemas.length === 1 ? schemas[0] : { [joint]: schemas };
}

function joinProperties(shapes: readonly Shape[], joint: Joint): ReadonlyMap<string, unknown> {
  const [only, ...others] = shapes.filter((shape) => shape.properties.size > 0);
  if (only === undefined || others.length === 0) return only?.properties ?? new Map<string, unknown>();
  const collected = new Map<string, unknown[]>();
  for (const shape of [only, ...others]) {
    for (const [key, schema] of shape.properties) {
      const schemas = collected.get(key);
      if (schemas) schemas.push(schema);
      else collected.set(key, [schema]);
    }
  }
  return new Map([...collected].map(([key, schemas]) => [key, join(joint, [...new Set(schemas)])]));
}

function joinPrefixes(shapes: readonly Shape[], joint: Joint): readonly unknown[] {
  const longest = Math.max(0, ...shapes.map((shape) => shape.prefix.length));
  return Array.from({ length: longest }, (_, index) =>
    join(
      joint,
      shapes.filter((shape) => index < shape.prefix.length).map((shape) => shape.prefix[index]),
    ),
  );
}

function joinRest(joint: Joint, rests: readonly unknown[]): unknown {
  if (rests.includes(false)) return false;
  const said = rests.filter((rest) => rest !== undefined);
  return said.length === 0 ? undefined : join(joint, said);
}

function alternativeRest(rests: readonly unknown[]): unknown {
  const open = rests.filter((rest) => rest !== undefined && rest !== false);
  if (open.length > 0) return join('anyOf', open);
  return rests.length > 0 && rests.every((rest) => rest === false) ? false : undefined;
}

function commonKeys(shapes: readonly Shape[]): ReadonlySet<string> {
  const [first, ...others] = shapes;
  return new Set([...(first?.required ?? [])].filter((key) => others.every((shape) => shape.required.has(key))));
}

function intersectValues(a: Shape['values'], b: Shape['values']): Shape['values'] {
  if (a === undefined || b === undefined) return a ?? b;
  const allowed = new Set(b.map((value) => canonicalJson(value)));
  return a.filter((value) => allowed.has(canonicalJson(value)));
}

function unionValues(shapes: readonly Shape[]): Shape['values'] {
  const values = new Map<string, unknown>();
  for (const shape of shapes) {
    if (shape.values === undefined) return undefined;
    for (const value of shape.values) values.set(canonicalJson(value), value);
  }
  return [...values.values()];
}

/** `anyOf: [X, { type: "null" }]` keeps all that X says; real alternatives keep only the first one's words. */
function alternativeFacts(shapes: readonly Shape[]): Facts {
  const real = shapes.filter((shape) => !(shape.types?.size === 1 && shape.types.has('null')));
  if (real.length === 1) return real[0]?.facts ?? {};
  const description = real.find((shape) => shape.facts.description !== undefined)?.facts.description;
  return description === undefined ? {} : { description };
}
