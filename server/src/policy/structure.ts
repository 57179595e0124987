/**
 * Checks a document against the public schema and says in plain sentences what differs, and where.
 * The schema is the only source of keys, types and bounds; what it cannot say (paths, regular expressions, uniqueness) is compile.ts's business.
 */
import type { ErrorObject } from 'ajv';
import validate from './generated/validate.mjs';
import { spanOf } from './json/access.ts';
import type { JsonNode, Span } from './json/node.ts';
import { locate, tokensOf, type Located } from './json/pointer.ts';
import { toValue } from './json/value.ts';
import type { PolicyProblem, PolicyProblemCode } from './problem.ts';
import { allowedValues, expectedType, lengthSentence, quoted, rangeSentence, type Schema } from './wording.ts';

/** A public schema: its generated validator, and what a document of it is called in a sentence. */
export interface DocumentKind {
  readonly validate: typeof validate;
  /** With its article and a capital: `A policy`. */
  readonly name: string;
}

const POLICY: DocumentKind = { validate, name: 'A policy' };

export function structuralProblems(root: JsonNode, kind = POLICY): PolicyProblem[] {
  if (kind.validate(toValue(root, 'double'))) return [];
  return (kind.validate.errors ?? []).flatMap((error) => problemOf(root, error, kind.name) ?? []);
}

/** What one schema error is about: the place, its name for people, and the schema that stands there. */
interface Place extends Located {
  readonly name: string;
  readonly span: Span;
}

/** Undefined for errors that only repeat others. */
function problemOf(root: JsonNode, error: ErrorObject, documentName: string): PolicyProblem | undefined {
  const place = placeOf(root, error.instancePath, documentName);
  const schema = schemaOf(error);
  const { name, span } = place;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(place, String(error.params['additionalProperty']), schema);
    case 'required':
      return missingKey(place, String(error.params['missingProperty']));
    case 'type':
      return problem('wrong-type', `${name} must be ${expectedType(schema)}.`, span);
    case 'const':
      return misplacedApproval(span);
    case 'enum':
      return problem('invalid-value', `${name} must be ${allowedValues(schema)}.`, span, stringsIn(schema['enum']));
    case 'minimum':
    case 'maximum':
      return problem('invalid-value', `${name} must be ${rangeSentence(schema)}.`, span);
    case 'minLength':
    case 'maxLength':
      return length(root, error, place);
    case 'pattern':
      return problem('invalid-value', `${name} ${patternSentence(error)}`, span);
    case 'maxItems':
    case 'maxProperties':
      return problem(
        'too-many-items',
        `${name} has more than ${String(error.params['limit'])} items. Remove some.`,
        openingOf(place),
      );
    default:
      return undefined;
  }
}

function problem(code: PolicyProblemCode, message: string, span: Span, candidates?: readonly string[]): PolicyProblem {
  return { code, message, span: spanOf(span), ...(candidates && { candidates }) };
}

function stringsIn(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

function schemaOf(error: ErrorObject): Schema {
  return (error.parentSchema as Schema | undefined) ?? {};
}

function placeOf(root: JsonNode, pointer: string, documentName: string): Place {
  const found = locate(root, pointer) ?? { node: root };
  const last = tokensOf(pointer)?.at(-1);
  const name = last === undefined ? documentName : found.member ? quoted(last) : 'This item';
  return { ...found, name, span: found.node };
}

function unknownKey(place: Place, key: string, schema: Schema): PolicyProblem {
  const member = place.node.kind === 'object' ? place.node.members.get(key) : undefined;
  const known = Object.keys(schema.properties ?? {});
  const isMixed = known.includes('conditions') && ['path', 'op', 'value'].includes(key);
  const message = isMixed
    ? `A condition has either "conditions" or ${quoted(key)}, not both. Move this predicate into "conditions".`
    : `Unknown key ${quoted(key)}. Known here: ${known.join(', ')}.`;
  return problem('unknown-key', message, member?.key ?? place.span, isMixed ? [] : known);
}

function missingKey(place: Place, key: string): PolicyProblem {
  const isApproval = key === 'action' && place.node.kind === 'object';
  if (isApproval) return misplacedApproval(place.node.members.get('approval')?.key ?? place.span);
  const message = `The key ${quoted(key)} is missing here. Add it.`;
  return problem('missing-key', message, openingOf(place), [key]);
}

function misplacedApproval(span: Span): PolicyProblem {
  const message =
    '"approval" stands only beside "action": "require_approval". Change the action, or remove "approval".';
  return problem('misplaced-approval', message, span);
}

/** The schema reports a key of `tools` at the object that holds it. */
function length(root: JsonNode, error: ErrorObject, place: Place): PolicyProblem {
  const key = error.propertyName;
  const message = lengthSentence(schemaOf(error));
  if (key === undefined) return problem('invalid-value', `${place.name} must have ${message}.`, place.span);
  const holder = locate(root, error.instancePath)?.node;
  const span = holder?.kind === 'object' ? holder.members.get(key)?.key : undefined;
  return problem('invalid-value', `A tool name or pattern must have ${message}.`, span ?? place.span);
}

function patternSentence(error: ErrorObject): string {
  return error.schemaPath.includes('counter')
    ? 'must not hold control characters.'
    : 'must have 1 to 64 letters, digits, dots, dashes or underscores.';
}

/** The key of a member or the opening bracket: a finding about a whole object should not underline all of it. */
function openingOf(place: Place): Span {
  return place.member?.key ?? { start: place.node.start, end: place.node.start + 1 };
}
