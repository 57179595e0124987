/** Which tools must not go unruled, and the rules that the classifier recommends for them, as text changes. */
import type { Tool } from '../catalog/tool.ts';
import { classifyTool, type Risk } from '../risk/index.ts';
import type { KnownTools } from './rule.ts';

const dangerous = new WeakMap<KnownTools['catalog'], readonly Tool[]>();

/** Tools that destroy, move money, or run whatever the agent writes. */
export function dangerousTools({ catalog, byName }: KnownTools): readonly Tool[] {
  let tools = dangerous.get(catalog);
  if (tools === undefined) {
    tools = [...byName.values()].filter((tool) => classifyTool(tool).level === 'critical');
    dangerous.set(catalog, tools);
  }
  return tools;
}

/** `Destructive, critical`. */
export function riskInWords({ category, level }: Risk): string {
  return `${category}, ${level}`;
}
