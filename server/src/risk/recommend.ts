/** The rule that fits a tool's risk, in the form that policies are published in (policy language §1). */
import type { Tool } from '../catalog/tool.ts';
import type { Risk } from './verdict.ts';

export type RecommendedRule =
  /** Put the tool's name into `hide`. */
  | { readonly kind: 'hide'; readonly summary: string }
  /** Put this value into `tools` under the tool's name. */
  | { readonly kind: 'entry'; readonly entry: RecommendedEntry; readonly summary: string };

export type RecommendedEntry =
  | Readonly<Record<string, never>>
  | { readonly action: 'require_approval' }
  | {
      readonly limits: readonly [
        { readonly counter: string; readonly window: 'minute'; readonly max: number; readonly scope: 'grant' },
      ];
    };

/** Calls a minute. */
const WRITES = 30;
const EXECUTIONS = 10;

/**
 * Read: allowed. Write and Execute: limited. Destructive: hidden. Financial: held for approval. All beside `"default": "deny"`.
 * What only perhaps reads is not assumed safe: it is limited as a write is.
 */
export function recommendedRule(tool: Tool, risk: Risk): RecommendedRule {
  switch (risk.category) {
    case 'Read':
      return risk.confidence === 'low' ? limited(tool, WRITES) : { kind: 'entry', entry: {}, summary: 'Allow it.' };
    case 'Write':
      return limited(tool, WRITES);
    case 'Execute':
      return limited(tool, EXECUTIONS);
    case 'Destructive':
      return { kind: 'hide', summary: 'Hide it from agents.' };
    case 'Financial':
      return { kind: 'entry', entry: { action: 'require_approval' }, summary: 'Ask a person before each call.' };
  }
}

function limited(tool: Tool, max: number): RecommendedRule {
  const limit = { counter: counterFor(tool.name), window: 'minute', max, scope: 'grant' } as const;
  return { kind: 'entry', entry: { limits: [limit] }, summary: `Allow it, at most ${max} calls a minute.` };
}

/** The tool's name in lower case; counters admit 1 to 256 code points and no control characters. */
function counterFor(name: string): string {
  const plain = Array.from(name.toLowerCase().replace(/\p{C}/gu, '')).slice(0, 250).join('');
  return `${plain === '' ? 'tool' : plain}_rate`;
}
