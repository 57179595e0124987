/** `portcullis tools`: every tool of a server with its risk, why, and what a policy does with it. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { Catalog, Tool } from '../../catalog/tool.ts';
import { compilePolicy, explainTool, type CompiledPolicy } from '../../policy/index.ts';
import { classifyTool } from '../../risk/index.ts';
import { choice, text, UsageError, type Command, type Io } from '../command.ts';
import { readSource } from '../files.ts';
import { printTools, printTotals, type ToolRow } from '../output/tools.ts';
import { demandCatalog, toolOptions, toolOptionsHelp } from '../toolSource.ts';

export const toolsCommand: Command = {
  name: 'tools',
  summary: "List a server's tools with their risk, and what a policy does with each.",
  usage: '[tool source] [--policy FILE] [--format text|json]',
  help: `  --policy FILE    also say what this policy decides for each tool
  --format F       text (default): the most dangerous first, with counts and the tokens that the list costs an agent;
                   json: in the server's order
${toolOptionsHelp}`,
  example: 'portcullis tools --policy policy.json -- npx -y @modelcontextprotocol/server-memory',
  options: { policy: { type: 'string' }, format: { type: 'string' }, ...toolOptions },

  async run(invocation, io) {
    const format = choice(invocation, 'format', ['text', 'json']);
    const catalog = await demandCatalog(invocation, io);
    const policy = await readPolicy(text(invocation, 'policy'), io);
    const rows = catalog.tools.map((tool) => describe(tool, policy));
    if (format === 'json') io.out(`${JSON.stringify(rows, undefined, 2)}\n`);
    else print(rows, catalog, policy, io);
    return 0;
  },
};

function print(rows: readonly ToolRow[], catalog: Catalog, policy: CompiledPolicy | undefined, io: Io): void {
  if (rows.length > 0) io.out(`${printTools(rows, io.terminal)}\n`);
  io.out(printTotals(rows, catalog.tools, escapeUntrusted(catalog.server), policy));
}

function describe(tool: Tool, policy: CompiledPolicy | undefined): ToolRow {
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
