/** What a policy is to say of each tool of a server, before it is written down: rules by tool, in the order in which a person reviews them. Pure. */
import { skeleton } from '../catalog/confusable.ts';
import { toolsByName, type Catalog, type Tool } from '../catalog/index.ts';
import { isCallableName } from '../policy/index.ts';
import { classifyTool, type Risk } from '../risk/index.ts';
import { compareStrictness } from './forms.ts';
import { DENIED, ruleFor, type Profile, type ToolRule } from './profile.ts';

export interface PlannedTool {
  readonly tool: Tool;
  readonly risk: Risk;
  readonly rule: ToolRule;
}

/** A tool that no rule is written for: agents cannot call it, and `"default": "deny"` keeps it so. */
export interface LeftOut {
  readonly name: string;
  /** `unsafe`: the name is one that no call may have. `twice`: the server lists it twice. `look-alike`: it passes for another tool. */
  readonly reason: 'unsafe' | 'twice' | 'look-alike';
}

export interface Plan {
  /** What needs a person or a limit first, what is simply allowed last; by category and name within. */
  readonly tools: readonly PlannedTool[];
  readonly leftOut: readonly LeftOut[];
}

/** A plan that would let nothing through says so tool by tool, so that nobody takes it for an oversight. */
export function planPolicy(catalog: Catalog, profile: Profile): Plan {
  const { usable, leftOut } = sortOut(catalog);
  const tools = usable.map((tool): PlannedTool => {
    const risk = classifyTool(tool);
    return { tool, risk, rule: ruleFor(profile, tool, risk) };
  });
  const isShut = tools.every(({ rule }) => rule.kind === 'hide');
  const planned = isShut ? tools.map((each) => ({ ...each, rule: DENIED })) : tools;
  return { tools: planned.sort(byUrgency), leftOut };
}

function sortOut(catalog: Catalog): { readonly usable: readonly Tool[]; readonly leftOut: readonly LeftOut[] } {
  const times = countBy(catalog.tools, ({ name }) => name);
  const looks = countBy([...times.keys()], skeleton);
  const usable: Tool[] = [];
  const leftOut: LeftOut[] = [];
  for (const tool of toolsByName(catalog).values()) {
    const reason = objection(tool.name, times, looks);
    if (reason === undefined) usable.push(tool);
    else leftOut.push({ name: tool.name, reason });
  }
  return { usable, leftOut };
}

/** Of names that look alike only the one in plain ASCII is what it seems. */
function objection(
  name: string,
  times: ReadonlyMap<string, number>,
  looks: ReadonlyMap<string, number>,
): LeftOut['reason'] | undefined {
  if (!isCallableName(name)) return 'unsafe';
  if ((times.get(name) ?? 0) > 1) return 'twice';
  const look = skeleton(name);
  return look !== name && (looks.get(look) ?? 0) > 1 ? 'look-alike' : undefined;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** The strictest first, then by name. */
function byUrgency(a: PlannedTool, b: PlannedTool): number {
  return compareStrictness(a.rule, b.rule) || compareText(a.tool.name, b.tool.name);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
