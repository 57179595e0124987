/* Generated from schemas/policy-test.schema.json by scripts/generate.mts. Do not edit. */

/**
 * Calls, and what a policy must decide of each: <name>.policy-test.json, run by "portcullis test". Cases run in the order in which they stand and share the policy's counters. Strict JSON: no comments, no key twice, no unknown keys.
 */
export interface PolicyTestDocument {
  /**
   * Where an editor finds this schema. Ignored by Portcullis.
   */
  $schema?: string;
  /**
   * Path of the policy under test, from the folder of this file.
   */
  policy: string;
  /**
   * Path of a saved tools/list result, from the folder of this file. With it, calls of tools that the server does not list are denied, and risk and category come from what the server says of a tool.
   */
  tools?: string;
  /**
   * The cases, in the order in which they run.
   */
  cases: Case[];
}
/**
 * A call, and what the policy must decide of it.
 */
export interface Case {
  /**
   * What the case shows, for people.
   */
  name: string;
  call: Call;
  expect: Expectation;
  /**
   * How often the call is made; the expectation is of the last time. For limits.
   */
  repeat?: number;
  /**
   * Whether all counters and the time begin anew before this case. Without it a case finds them as the cases before have left them.
   */
  reset?: boolean;
}
/**
 * A call as "portcullis eval" reads it.
 */
export interface Call {
  /**
   * Name of the tool that is called.
   */
  tool: string;
  /**
   * What the tool is given. Without it, every argument is absent.
   */
  arguments?: {
    [k: string]: unknown;
  };
  /**
   * Label of the grant that the client holds.
   */
  grant?: string;
  /**
   * The session; counters of the scope "session" are counted for each apart.
   */
  session?: string;
  /**
   * What the client calls itself.
   */
  client?: string;
  /**
   * The tool's category. Without it, what the classifier says of the tool.
   */
  category?: 'Read' | 'Write' | 'Execute' | 'Destructive' | 'Financial';
  /**
   * The tool's risk. Without it, what the classifier says of the tool.
   */
  risk?: 'low' | 'medium' | 'high' | 'critical';
  /**
   * When the call is made: ISO 8601 with a zone, such as "2026-01-31T09:00:00Z". Without it, when the call before was made; for the first, 2026-01-01T00:00:00Z, so that a test says the same on any day.
   */
  at?: string;
}
/**
 * What the policy must decide.
 */
export interface Expectation {
  /**
   * Whether the call is let through, denied, or waits for a person.
   */
  decision: 'allow' | 'deny' | 'needs_approval';
  /**
   * The rule that decides, as the log names it: "/tools/pay/deny_if/args.amount-gt", "(hidden)", "(default deny)"; empty for a plain allow. Without it, any rule may.
   */
  rule?: string;
}
