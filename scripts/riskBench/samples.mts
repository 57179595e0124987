/** Reads what the risk bench measures on: labelled tools, and saved tool lists with the vendors' hints. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Tool } from '../../server/src/catalog/index.ts';
import { readToolsFile } from '../../server/src/mcp/index.ts';
import { CATEGORIES, RISK_LEVELS, type Category, type RiskLevel } from '../../server/src/policy/vocabulary.ts';

/** A tool as a server listed it. */
export interface Listed {
  readonly server: string;
  readonly tool: Tool;
}

/** A tool that a person put into a category. */
export interface Labelled extends Listed {
  readonly category: Category;
  /** Further categories that the person would accept. */
  readonly also: readonly Category[];
  /** The level, where the person gave one. */
  readonly level: RiskLevel | undefined;
}

export type Half = 'development' | 'held-out';

/** A third of the servers is held out, by a hash of the name: nobody chooses which. */
export function halfOf(server: string): Half {
  const [byte = 0] = createHash('sha256').update(server).digest();
  return byte % 3 === 0 ? 'held-out' : 'development';
}

/** The labelled tools of JSON-lines files, and how many lines bear another category. Throws on a line that is no object with server and tool. */
export async function readLabels(files: readonly string[]): Promise<{ labelled: readonly Labelled[]; left: number }> {
  const lines = (await Promise.all(files.map((file) => readFile(file, 'utf8'))))
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() !== '');
  const read = lines.map(readLine);
  const labelled = read.filter((row) => row !== undefined);
  return { labelled, left: read.length - labelled.length };
}

function readLine(line: string): Labelled | undefined {
  const row = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const { server, tool, category, also, level, ...rest } = row;
  if (typeof server !== 'string' || typeof tool !== 'string')
    throw new Error(`A line of the labels lacks "server" or "tool" as text: ${line.slice(0, 120)}`);
  const known = asCategory(category);
  if (known === undefined) return undefined;
  return {
    server,
    // Untrusted like any tool: the classifier must bear whatever stands there.
    tool: { ...rest, name: tool },
    category: known,
    also: [also].flat().flatMap((each) => asCategory(each) ?? []),
    level: RISK_LEVELS.find((each) => each === level),
  };
}

function asCategory(value: unknown): Category | undefined {
  return CATEGORIES.find((category) => category === value);
}

/** The tools of saved lists; the server is called what the file is called. */
export async function readToolLists(files: readonly string[]): Promise<readonly Listed[]> {
  const lists = await Promise.all(files.map(readToolList));
  return lists.flat();
}

async function readToolList(file: string): Promise<readonly Listed[]> {
  const reading = readToolsFile(await readFile(file, 'utf8'));
  if (!reading.ok) throw new Error(`${file} is no tool list. ${reading.problem}`);
  return reading.tools.map((tool) => ({ server: path.basename(file, '.json'), tool }));
}
