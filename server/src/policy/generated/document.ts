/* Generated from schemas/policy.schema.json by scripts/generate.mts. Do not edit. */

/**
 * An exact tool name, or a pattern in which each * stands for any run of characters, also none. Case counts; nothing is trimmed or folded.
 */
export type ToolPattern = string;
export type Condition = Group | Predicate;
/**
 * Which value to look at: "args" and steps into the call's arguments (args.amount, args.to[0], args["a key"], args.items[*].price), or tool.name, tool.category, tool.risk, grant.label, client.name.
 */
export type Path = string;
/**
 * How to compare: eq, neq (deep equality), in, not_in (one of a list), lt, lte, gt, gte (numbers), regex (RE2, unanchored), contains (text in a string, item in an array), exists. A value of the wrong type denies the call.
 */
export type Operator = 'eq' | 'neq' | 'in' | 'not_in' | 'lt' | 'lte' | 'gt' | 'gte' | 'regex' | 'contains' | 'exists';
/**
 * What to compare with: an array for in and not_in, a number for lt, lte, gt and gte, a string for regex, true or false for exists (true when left out), any JSON for the others.
 */
export type Value = unknown;
/**
 * Told to the agent and logged when this rule denies a call.
 */
export type OnDeny = string;
/**
 * Name of this condition in the log: letters, digits, _, . and -; unique in its array. Without it the path and the operator make one.
 */
export type Id = string;
/**
 * Conditions that must all hold. A condition that cannot be evaluated denies the call.
 *
 * @maxItems 256
 */
export type Require = Condition[];
/**
 * Conditions of which none may hold. A condition that cannot be evaluated denies the call.
 *
 * @maxItems 256
 */
export type DenyIf = Condition[];
/**
 * Quotas. Each counts calls, or adds up an argument, in a window of the UTC calendar. One counter may have several windows.
 *
 * @maxItems 64
 */
export type Limits = Limit[];

/**
 * Decides what AI agents may do with the tools of one MCP server. Strict JSON: no comments, no trailing commas, no key twice, no unknown keys.
 */
export interface PolicyDocument {
  /**
   * Where an editor finds this schema. Ignored by the gateway.
   */
  $schema?: string;
  /**
   * Version of the policy language. Always "1", a string.
   */
  version: '1';
  /**
   * What this policy is for. Free text; changes no decision.
   */
  description?: string;
  /**
   * Name of the configured MCP server that this policy is for. Needed only where several servers could be meant.
   */
  server?: string;
  /**
   * What happens to a call of a tool that no entry of "tools" lists: "deny" refuses it, "allow" lets it pass under the rules of "all_tools". A key "*" in "tools" lists nothing.
   */
  default: 'allow' | 'deny';
  /**
   * Tools that agents must not know of: removed from the tool list, and denied when called anyway. Exact names, or patterns in which * stands for any run of characters; "*" alone hides every tool.
   */
  hide?: ToolPattern[];
  all_tools?: Ruleset;
  /**
   * Rules by tool. A key is an exact tool name, or a pattern in which * stands for any run of characters. Every entry whose key fits a tool governs it: their restrictions add up.
   */
  tools?: {
    [k: string]: Entry;
  };
}
/**
 * Rules for every call of every tool, also of tools that only "default" allows. Counters in "limits" are shared by all tools.
 */
export interface Ruleset {
  require?: Require;
  deny_if?: DenyIf;
  rate_limit?: RateLimit;
  limits?: Limits;
}
/**
 * Holds when all of its predicates hold. An empty group always holds, so in "deny_if" it blocks the tool outright.
 */
export interface Group {
  /**
   * The predicates of the group. Groups do not nest.
   *
   * @maxItems 64
   */
  conditions: GroupedPredicate[];
  on_deny?: OnDeny;
  id?: Id;
}
/**
 * One predicate of a group. Its message and id stand at the group.
 */
export interface GroupedPredicate {
  path: Path;
  op: Operator;
  value?: Value;
}
/**
 * Compares one argument of the call, or a fact about it, with a value.
 */
export interface Predicate {
  path: Path;
  op: Operator;
  value?: Value;
  on_deny?: OnDeny;
  id?: Id;
}
/**
 * At most "max" calls in any "window" seconds, counted for each tool apart.
 */
export interface RateLimit {
  /**
   * How many calls are let through.
   */
  max: number;
  /**
   * Length of the sliding window in seconds, at most 31 days.
   */
  window: number;
  /**
   * Whose calls count together: those of one MCP session (the default; reconnecting starts anew) or all of one grant.
   */
  scope?: 'session' | 'grant';
  on_deny?: OnDeny;
}
/**
 * Denies a call that would bring the counter over "max" in the current window.
 */
export interface Limit {
  /**
   * Name of the counter, shown in the log. Renaming it starts a new count.
   */
  counter: string;
  /**
   * When the count starts anew: with each minute, hour, day, week (Monday) or month of the UTC calendar.
   */
  window: 'minute' | 'hour' | 'day' | 'week' | 'month';
  /**
   * The most that the counter may reach. Changing it keeps the count.
   */
  max: number;
  /**
   * Whose calls count together: those of one grant (the default), of one MCP session, or of all callers of the server.
   */
  scope?: 'grant' | 'session' | 'server';
  /**
   * Path of the argument whose value is added for each call, such as args.amount. Without it each call counts 1. A call whose argument is no number of 0 or more is denied.
   */
  increment_from?: string;
  on_deny?: OnDeny;
}
/**
 * What the policy says about the tools that this key fits. {} lists and allows them.
 */
export interface Entry {
  /**
   * "deny" refuses every call; "require_approval" asks a person first; "allow" lets calls pass that keep the other rules, and lifts the action of patterns that fit the same tool. The action of an exact name wins; among patterns "deny" wins over "require_approval".
   */
  action?: 'allow' | 'deny' | 'require_approval';
  /**
   * Told to the agent and logged when this entry denies a call and the rule itself has no "on_deny".
   */
  reason?: string;
  require?: Require;
  deny_if?: DenyIf;
  rate_limit?: RateLimit;
  limits?: Limits;
  approval?: Approval;
}
/**
 * How a person is asked. Only beside "action": "require_approval".
 */
export interface Approval {
  /**
   * Seconds until an unanswered question counts as refused.
   */
  timeout?: number;
  /**
   * Shown to the person who is asked.
   */
  message?: string;
  /**
   * "session": an approval also covers the same call with identical arguments in the same session. "never" asks every time.
   */
  remember?: 'never' | 'session';
}
