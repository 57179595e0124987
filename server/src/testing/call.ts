/** Reads a call as a person writes it: a line of `portcullis eval --calls`, or a case of a policy test. Calls without a time follow those before them. */
import { readJson, type JsonNode, type JsonObject, type Span } from '../policy/index.ts';
import { CATEGORIES, RISK_LEVELS, type Category, type RiskLevel } from '../policy/vocabulary.ts';
import type { Call } from '../policy/decision.ts';
import type { Catalog, Tool } from '../catalog/tool.ts';
import { classifyTool } from '../risk/index.ts';

export interface TimedCall {
  readonly call: Call;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const FIELDS = ['tool', 'arguments', 'grant', 'session', 'client', 'category', 'risk', 'at'];
const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What is wrong with a call; `span` in the text that the call was read from. */
export class BadCall extends Error {
  readonly span: Span;

  constructor(message: string, { start, end }: Span) {
    super(message);
    this.span = { start, end };
  }
}

export class CallReader {
  readonly #tools: readonly Tool[] | undefined;
  readonly #known = new Map<string, Pick<Call, 'upstream' | 'category' | 'risk'>>();
  #at: number | undefined;

  /**
   * Without a catalog, whether the upstream lists a tool is not checked. `startsAt`: the time of a first call that gives none, in
   * milliseconds since the epoch; absent: now.
   */
  constructor(catalog?: Catalog, startsAt?: number) {
    this.#tools = catalog?.tools;
    this.#at = startsAt;
  }

  /** The call on a line, or what is wrong with it. */
  readLine(line: string): TimedCall | string {
    const reading = readJson(line);
    if (!reading.ok) return reading.problems[0].message;
    try {
      return this.read(reading.root);
    } catch (error) {
      if (error instanceof BadCall) return error.message;
      throw error;
    }
  }

  /** Throws `BadCall`. */
  read(node: JsonNode): TimedCall {
    const fields = fieldsOf(node);
    const tool = stringField(fields, 'tool');
    if (tool === undefined) throw new BadCall('"tool" is missing: give the name of the tool that is called.', fields);
    const client = stringField(fields, 'client');
    const args = argumentsField(fields);
    const grant = stringField(fields, 'grant') ?? 'local';
    const caller = { grantId: grant, grantLabel: grant, session: stringField(fields, 'session') ?? 'default' };
    const call = {
      tool,
      ...(args && { arguments: args }),
      caller: { ...caller, ...(client !== undefined && { client }) },
      ...this.#knowledge(tool, fields),
    };
    return { call, at: this.#time(fields) };
  }

  #knowledge(tool: string, fields: JsonObject): Pick<Call, 'upstream' | 'category' | 'risk'> {
    const known = this.#known.get(tool) ?? this.#lookUp(tool);
    this.#known.set(tool, known);
    const category: Category | undefined = choiceField(fields, 'category', CATEGORIES);
    const risk: RiskLevel | undefined = choiceField(fields, 'risk', RISK_LEVELS);
    return { ...known, ...(category && { category }), ...(risk && { risk }) };
  }

  #lookUp(name: string): Pick<Call, 'upstream' | 'category' | 'risk'> {
    const found = this.#tools?.filter((tool) => tool.name === name) ?? [];
    const { category, level } = classifyTool(found[0] ?? { name });
    return { category, risk: level, upstream: this.#tools ? standing(found.length) : 'unchecked' };
  }

  #time(fields: JsonObject): number {
    const given = stringField(fields, 'at');
    if (given === undefined) return (this.#at ??= Date.now());
    const at = ISO_WITH_ZONE.test(given) ? Date.parse(given) : Number.NaN;
    if (Number.isNaN(at))
      throw new BadCall(
        `"at" is "${given}": write a time with its zone, for example 2026-01-31T09:00:00Z.`,
        field(fields, 'at') ?? fields,
      );
    return (this.#at = at);
  }
}

/** What a list says of a tool that stands in it so many times. */
export function standing(times: number): Call['upstream'] {
  if (times === 0) return 'missing';
  return times === 1 ? 'listed' : 'duplicate';
}

function fieldsOf(node: JsonNode): JsonObject {
  if (node.kind !== 'object') throw new BadCall('A call is a JSON object with at least "tool".', node);
  for (const [name, { key }] of node.members)
    if (!FIELDS.includes(name))
      throw new BadCall(`"${name}" is not a field of a call. The fields are ${FIELDS.join(', ')}.`, key);
  return node;
}

function field(fields: JsonObject, name: string): JsonNode | undefined {
  return fields.members.get(name)?.value;
}

function stringField(fields: JsonObject, name: string): string | undefined {
  const node = field(fields, name);
  if (node === undefined) return undefined;
  if (node.kind !== 'string') throw new BadCall(`"${name}" must be a string.`, node);
  return node.value;
}

function argumentsField(fields: JsonObject): JsonObject | undefined {
  const node = field(fields, 'arguments');
  if (node === undefined) return undefined;
  if (node.kind !== 'object') throw new BadCall('"arguments" must be an object.', node);
  return node;
}

function choiceField<T extends string>(fields: JsonObject, name: string, allowed: readonly T[]): T | undefined {
  const given = stringField(fields, name);
  if (given === undefined) return undefined;
  const found = allowed.find((each) => each === given);
  if (found === undefined)
    throw new BadCall(`"${name}" is "${given}"; it can be ${allowed.join(', ')}.`, field(fields, name) ?? fields);
  return found;
}
