/** The parameters of a tool as far as risk needs them: names, whether they take free text, and listed values. Reads the top level of the schema only. */
import { isSchemaObject, own, type SchemaObject } from '../catalog/schema/node.ts';
import { schemaReader } from '../catalog/schema/read.ts';
import { remembering } from '../catalog/remembering.ts';

/** Parameters that are looked at; a schema with more is counted, not read. */
const MAX_READ = 100;

export interface Parameter {
  readonly name: string;
  /** snake_case, for matching. */
  readonly plain: string;
  /** Takes text that no list of values limits. */
  readonly freeText: boolean;
  readonly values: readonly string[];
  readonly description: string;
}

export interface Parameters {
  readonly count: number;
  readonly list: readonly Parameter[];
}

/** Never throws. */
export function readParameters(inputSchema: unknown): Parameters {
  if (!isSchemaObject(inputSchema)) return { count: 0, list: [] };
  const properties = own(inputSchema, 'properties');
  // Most schemas list their properties plainly; only the others pay for references and alternatives.
  const entries = isSchemaObject(properties)
    ? Object.entries(properties)
    : [...schemaReader(inputSchema).shapeOf(inputSchema).properties];
  return {
    count: entries.length,
    list: entries.slice(0, MAX_READ).map(([name, schema]) => readParameter(inputSchema, name, schema)),
  };
}

function readParameter(root: SchemaObject, name: string, schema: unknown): Parameter {
  const plain = snakeCase(name);
  if (isPlain(schema)) {
    const listed = own(schema, 'enum');
    const description = own(schema, 'description');
    return {
      name,
      plain,
      freeText: own(schema, 'type') === 'string' && listed === undefined && !Object.hasOwn(schema, 'const'),
      values: Array.isArray(listed) ? texts(listed) : NONE,
      description: typeof description === 'string' ? description.slice(0, 500) : '',
    };
  }
  const shape = schemaReader(root).shapeOf(schema);
  return {
    name,
    plain,
    freeText: shape.values === undefined && (shape.types === undefined || shape.types.has('string')),
    values: shape.values === undefined ? NONE : texts(shape.values),
    description: shape.facts.description?.slice(0, 500) ?? '',
  };
}

const NONE: readonly string[] = [];

function texts(values: readonly unknown[]): readonly string[] {
  return values.slice(0, 200).filter((value) => typeof value === 'string');
}

/** `nextPageToken` and `next-page-token` → next_page_token. */
const snakeCase = remembering(
  (name) =>
    name
      .slice(0, 128)
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/[-.\s]+/g, '_')
      .toLowerCase(),
  { longest: 128 },
);

/** A schema object of one named type without references or alternatives. */
function isPlain(schema: unknown): schema is SchemaObject {
  return (
    isSchemaObject(schema) &&
    typeof own(schema, 'type') === 'string' &&
    !Object.hasOwn(schema, '$ref') &&
    !Object.hasOwn(schema, 'anyOf') &&
    !Object.hasOwn(schema, 'oneOf') &&
    !Object.hasOwn(schema, 'allOf')
  );
}
