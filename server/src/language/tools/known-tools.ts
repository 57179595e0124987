/** What the editor knows of the server that a policy is for. Data for the features; tools/lists.ts keeps it current. */
import type { FindingSettings } from '../../analysis/index.ts';
import type { PresentUse } from './present-use.ts';
import type { DirectWay } from '../ways-around.ts';
import { toolsByName } from '../../catalog/index.ts';
import type { Catalog, Tool } from '../../catalog/tool.ts';
import { classifyTool } from '../../risk/index.ts';
import type { Risk } from '../../risk/verdict.ts';

export interface KnownTools {
  /** The server that belongs to the policy; absent when none or several could. */
  readonly server?: string;
  /** Its tools; absent as long as no list was ever read. */
  readonly catalog?: Catalog;
  /** Names of all configured servers, for `"server"`. */
  readonly serverNames: readonly string[];
  readonly state: ListState;
  /** Calls that a gateway denied in the last day, by tool; absent where none told of any. */
  readonly denials?: ReadonlyMap<string, number>;
  /** The tools for which the policy was last written or reviewed. */
  readonly reviewed?: Catalog;
  /** What is counted now on the policy's limits; absent where no gateway tells. */
  readonly present?: PresentUse;
  /** How MCP clients reach the server around the gateway. The same array until the configuration is read again. */
  readonly ways?: readonly DirectWay[];
  /** How severe findings about the policy are, and which are excused. The same object until that changes. */
  readonly findingSettings?: FindingSettings;
}

export interface ListState {
  readonly state: 'unknown' | 'listing' | 'live' | 'snapshot' | 'failed';
  /** For people: why listing failed. */
  readonly problem?: string;
}

export const NO_TOOLS: KnownTools = { serverNames: [], state: { state: 'unknown' } };

/** The tool's risk; the classifier remembers it with the tool. */
export function riskOf(tool: Tool): Risk {
  return classifyTool(tool);
}

export function findTool({ catalog }: KnownTools, name: string): Tool | undefined {
  return catalog && toolsByName(catalog).get(name);
}
