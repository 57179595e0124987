/** `portcullis tools`: every tool of a server with its risk, why, and what a policy does with it. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { Catalog, Tool } from '../../catalog/tool.ts';
import { compilePolicy, explainTool, type CompiledPolicy } from '../../policy/index.ts';
import { CATEGORIES } from '../../policy/vocabulary.ts';
import { classifyTool } from '../../risk/index.ts';
import type { Risk } from '../../risk/verdict.ts';
import { choice, text, UsageError, type Command, type Io } from '../command.ts';
import { readSource } from '../files.ts';
import { table } from '../output/table.ts';
import { demandCatalog, toolOptions, toolOptionsHelp } from '../toolSource.ts';

export const toolsCommand: Command = {
  name: 'tools',
  summary: "List a server's tools with their risk, and what a policy does with each.",
  usage: '[tool source] [--policy FILE] [--format text|json]',
  help: `  --policy FILE    also say what this policy decides for each tool
  --format F       text (default) or json
${toolOptionsHelp}`,
  example: 'portcullis tools --policy policy.json -- npx -y @modelcontextprotocol/server-memory',
  options: { policy: { type: 'string' }, format: { type: 'string' }, ...toolOptions },

  async run(invocation, io) {
    const format = choice(invocation, 'format', ['text', 'json']);
    const catalog = await demandCatalog(invocation, io);
    const policy = await readPolicy(text(invocation, 'policy'), io);
    const rows = catalog.tools.map((tool) => describe(tool, policy));
    io.out(format === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : print(rows, catalog));
    return 0;
  },
};

interface Row extends Risk {
  readonly name: string;
  readonly decision?: string;
  readonly rule?: string;
}

function describe(tool: Tool, policy: CompiledPolicy | undefined): Row {
  const risk = { name: tool.name, ...classifyTool(tool) };
  if (!policy) return risk;
  const { standing, rule } = explainTool(policy, tool.name);
  return { ...risk, decision: standing, rule };
}

async function readPolicy(file: string | undefined, io: Io): Promise<CompiledPolicy | undefined> {
  if (file === undefined) return undefined;
  const compiled = compilePolicy((await readSource(file, io.cwd)).bytes);
  if (compiled.ok) return compiled.policy;
  throw new UsageError(`${file} is not a valid policy. See: portcullis check ${file}`);
}

function print(rows: readonly Row[], catalog: Catalog): string {
  const governed = rows.some((row) => row.decision !== undefined);
  const header = ['TOOL', 'CATEGORY', 'LEVEL', 'CONFIDENCE', ...(governed ? ['POLICY'] : []), 'WHY'];
  const body = rows.map((row) => [
    escapeUntrusted(row.name),
    row.also ? `${row.category}, ${row.also}` : row.category,
    row.level,
    row.confidence,
    ...(governed ? [policyCell(row)] : []),
    row.why.join(' '),
  ]);
  return `${table(header, body)}\n${counts(rows, catalog)}\n`;
}

function policyCell({ decision = '', rule = '' }: Row): string {
  if (rule === '(default deny)') return 'denied by default';
  return rule.startsWith('/') ? `${decision} by ${rule}` : decision;
}

function counts(rows: readonly Row[], catalog: Catalog): string {
  const parts = CATEGORIES.map((category) => `${rows.filter((row) => row.category === category).length} ${category}`);
  return `${rows.length} tools of ${catalog.server}: ${parts.join(', ')}.`;
}
