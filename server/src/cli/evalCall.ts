/** Reads one line of `portcullis eval --calls` into a call. Pure but for the clock that gives the first line's default time. */
import { readJson, type JsonNode, type JsonObject } from '../policy/index.ts';
import { CATEGORIES, RISK_LEVELS, type Category, type RiskLevel } from '../policy/vocabulary.ts';
import type { Call } from '../policy/decision.ts';
import type { Catalog, Tool } from '../catalog/tool.ts';
import { classifyTool } from '../risk/index.ts';

export interface EvalCall {
  readonly call: Call;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const FIELDS = ['tool', 'arguments', 'grant', 'session', 'client', 'category', 'risk', 'at'];
const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What is wrong with a line, for its `error` field. */
class BadLine extends Error {}

export class CallReader {
  readonly #tools: readonly Tool[] | undefined;
  readonly #known = new Map<string, Pick<Call, 'upstream' | 'category' | 'risk'>>();
  #at: number | undefined;

  /** Without a catalog, whether the upstream lists a tool is not checked. */
  constructor(catalog?: Catalog) {
    this.#tools = catalog?.tools;
  }

  /** The call, or what is wrong with the line. */
  read(line: string): EvalCall | string {
    try {
      return this.#read(line);
    } catch (error) {
      if (error instanceof BadLine) return error.message;
      throw error;
    }
  }

  #read(line: string): EvalCall {
    const fields = readFields(line);
    const tool = stringField(fields, 'tool');
    if (tool === undefined) throw new BadLine('"tool" is missing: give the name of the tool that is called.');
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
      throw new BadLine(`"at" is "${given}": write a time with its zone, for example 2026-01-31T09:00:00Z.`);
    return (this.#at = at);
  }
}

function standing(times: number): Call['upstream'] {
  if (times === 0) return 'missing';
  return times === 1 ? 'listed' : 'duplicate';
}

function readFields(line: string): JsonObject {
  const reading = readJson(line);
  if (!reading.ok) throw new BadLine(reading.problems[0].message);
  if (reading.root.kind !== 'object') throw new BadLine('A call is a JSON object with at least "tool".');
  for (const key of reading.root.members.keys())
    if (!FIELDS.includes(key))
      throw new BadLine(`"${key}" is not a field of a call. The fields are ${FIELDS.join(', ')}.`);
  return reading.root;
}

function field(fields: JsonObject, name: string): JsonNode | undefined {
  return fields.members.get(name)?.value;
}

function stringField(fields: JsonObject, name: string): string | undefined {
  const node = field(fields, name);
  if (node === undefined) return undefined;
  if (node.kind !== 'string') throw new BadLine(`"${name}" must be a string.`);
  return node.value;
}

function argumentsField(fields: JsonObject): JsonObject | undefined {
  const node = field(fields, 'arguments');
  if (node === undefined) return undefined;
  if (node.kind !== 'object') throw new BadLine('"arguments" must be an object.');
  return node;
}

function choiceField<T extends string>(fields: JsonObject, name: string, allowed: readonly T[]): T | undefined {
  const given = stringField(fields, name);
  if (given === undefined) return undefined;
  const found = allowed.find((each) => each === given);
  if (found === undefined) throw new BadLine(`"${name}" is "${given}"; it can be ${allowed.join(', ')}.`);
  return found;
}
