/** The tools of a server by risk, and what its policy does with each: for lists of servers and tools. */
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { explainTool, RISK_LEVELS, type CompiledPolicy } from '../../policy/index.ts';
import type { ToolStatesResult } from '../../protocol/language.ts';
import { riskOf } from '../tools/known-tools.ts';
import { riskBadge } from '../tools/risk-words.ts';
import { standingWords } from '../tools/standing-words.ts';
import { toolUri } from './tool-document.ts';

/** The most dangerous first, then in the server's order. `policy` absent: there is none, or it is invalid. */
export function toolStates(
  server: string,
  catalog: Catalog,
  policy: CompiledPolicy | undefined,
): NonNullable<ToolStatesResult> {
  const states = catalog.tools.map((tool) => {
    const risk = riskOf(tool);
    const standing = policy && explainTool(policy, tool.name);
    return {
      name: tool.name,
      label: escapeUntrusted(tool.name),
      level: risk.level,
      risk: riskBadge(risk),
      ...(standing && { standing: standing.standing }),
      words: standing ? standingWords(standing) : 'denied: no policy',
      uri: toolUri(server, tool.name),
    };
  });
  return states.toSorted((a, b) => RISK_LEVELS.indexOf(b.level) - RISK_LEVELS.indexOf(a.level));
}
