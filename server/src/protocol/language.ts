/**
 * Messages of the language server beyond LSP: direction, reason, shape. Types and names only.
 */
import type { RiskLevel } from '../policy/vocabulary.ts';
import type { ToolsReport } from './control.ts';

export const languageMessages = {
  /** client → server notification: facts that only the editor knows (trust granted, the gateway's live tool lists). */
  runtime: 'portcullis/runtime',
  /** client → server notification of a LimitsReport: what a gateway counts now, for hovers. Sent while policies are in sight. */
  limits: 'portcullis/limits',
  /** client → server request: list the tools of a server again. Progress through `window/workDoneProgress`; cancellable. */
  refreshTools: 'portcullis/refreshTools',
  /** server → client request: the value of an `${input:id}`, which the client asks for once and keeps in its secret storage. */
  resolveInput: 'portcullis/resolveInput',
  /** server → client notification: which server and policy belong together, and what the tool list's state is. For the status bar and lenses. */
  servers: 'portcullis/servers',
  /** client → server request: where the rule of an audit record stands in its policy file. */
  locateRule: 'portcullis/locateRule',
  /** client → server request: the edit that adds a rule for a tool, for "Allow this tool", "Deny this tool", "Hide this tool", "Add a limit". */
  ruleEdit: 'portcullis/ruleEdit',
  /** client → server request: the edit of portcullis.json that excuses a finding. */
  excuseEdit: 'portcullis/excuseEdit',
  /** client → server request: the policies that fit a server, one for each profile, as "Create Policy for Server" offers them. Lists the tools first; cancellable. */
  policyOffers: 'portcullis/policyOffers',
  /** client → server request: a call to begin with, when a tool is tried out against a policy. */
  callTemplate: 'portcullis/callTemplate',
  /** client → server request: what a policy decides about a call, and why. Nothing is sent to the server, nothing is counted. */
  evaluate: 'portcullis/evaluate',
  /** client → server request: what a policy would have decided otherwise on recorded calls. Reads the log; cancellable. */
  replay: 'portcullis/replay',
  /** client → server request: a recorded call as a case of a policy test. Reads the values that were kept. */
  recordedCase: 'portcullis/recordedCase',
  /** client → server request: the text of a `portcullis-tool:` document, where the definition of a tool leads; null when the tool is gone. */
  toolDocument: 'portcullis/toolDocument',
  /** client → server request: the MCP clients of this machine, and the files in which they keep servers. */
  clientPlaces: 'portcullis/clientPlaces',
  /** client → server request: what connecting a client to the gateway, or undoing that, would change; null when the server is not configured. */
  planConnection: 'portcullis/planConnection',
  /** client → server request: writes the changes that a person has seen and agreed to, in a trusted workspace. */
  applyChanges: 'portcullis/applyChanges',
  /** client → server request: the tools of a server, the most dangerous first, and what its policy does with each; null when no list is known. */
  toolStates: 'portcullis/toolStates',
  /** client → server request: the cases of a policy test, for the list of tests. */
  listCases: 'portcullis/listCases',
  /** client → server request: runs policy tests, with policies and tools as they are in the editor. Starts and contacts nothing; cancellable. */
  runTests: 'portcullis/runTests',
  /** client → server request: every tool that a policy is about, with its risk and what is decided, for the policy builder. */
  policyTools: 'portcullis/policyTools',
  /** client → server request: the edits that make a change of the policy builder. */
  policyChange: 'portcullis/policyChange',
  /** client → server request: the rules of one key of a policy, or of all tools, as a form. */
  policyForm: 'portcullis/policyForm',
  /** client → server request: whose rules stand at a place of a policy's text. */
  policyPlace: 'portcullis/policyPlace',
} as const;

export interface RuntimeParams {
  readonly trusted: boolean;
  /** Live lists of a running gateway, by server; empty when none runs. They replace the language server's own connections. */
  readonly tools: readonly ToolsReport[];
  /** Calls that were denied in the last day, as far as the editor knows. */
  readonly denials?: readonly { readonly server: string; readonly tool: string; readonly count: number }[];
}

export interface RefreshToolsParams {
  readonly server: string;
}

export interface ServersParams {
  readonly servers: readonly {
    readonly name: string;
    readonly transport: 'stdio' | 'http' | 'sse';
    /** File that defines the server. */
    readonly definedIn?: string;
    /** URI of the policy that governs it. */
    readonly policyUri?: string;
    readonly tools: {
      readonly state: 'unknown' | 'listing' | 'live' | 'snapshot' | 'failed';
      readonly count?: number;
      /** When the list was read, epoch milliseconds: another list may be as long. */
      readonly readAt?: number;
      readonly problem?: string;
    };
  }[];
}

export interface LocateRuleParams {
  /** URI of the policy file. */
  readonly uri: string;
  /** The log's rule; `(default deny)` and `(hidden)` are located too. */
  readonly rule: string;
  readonly tool: string;
}

/** LSP range, zero-based, UTF-16. */
export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** null when the rule no longer exists. */
export type LocateRuleResult = WireRange | null;

export interface RuleEditParams {
  readonly uri: string;
  readonly tool: string;
  readonly change: 'allow' | 'deny' | 'hide' | 'approve' | 'limit';
}

/** LSP text edits to apply to the policy, all against its present text; null when the file cannot be read or is too broken to edit. */
export type RuleEditResult = readonly { readonly range: WireRange; readonly newText: string }[] | null;

/** Which finding, or all findings of a rule below a place. */
export interface ExcuseTarget {
  readonly policyUri: string;
  /** Code of the rule. */
  readonly code: string;
  /** JSON Pointer into the policy. */
  readonly at: string;
}

export interface ExcuseEditParams {
  /** Code and place, as in `ExcuseTarget`. */
  readonly code: string;
  readonly at: string;
  readonly reason: string;
  /** Path of the policy, relative to portcullis.json, with slashes. */
  readonly policy: string;
  /** Present text of portcullis.json; empty for one that is to be made. */
  readonly text: string;
}

/** LSP text edits against that text, or why there are none, for people. */
export type ExcuseEditResult =
  { readonly edits: readonly { readonly range: WireRange; readonly newText: string }[] } | { readonly problem: string };

export interface PolicyOffersParams {
  readonly server: string;
  /** URI of the policy that the server has: then what would change in it is offered. Absent: new policies are. */
  readonly policyUri?: string;
}

export type PolicyOffersResult =
  /** `base`: the policy's present text, which the offers' edits are against; absent for new policies. The one to take in doubt stands first. */
  | { readonly kind: 'offers'; readonly tools: number; readonly base?: string; readonly offers: readonly PolicyOffer[] }
  /** `problem`, for people: why no tools are known, if there is a reason beside that nobody asked. */
  | { readonly kind: 'no tools'; readonly problem?: string }
  /** The policy that the server has is none, or the tools do not fit into one. `problem`: for people. */
  | { readonly kind: 'refused'; readonly problem: string };

export interface PolicyOffer {
  readonly profile: 'recommended' | 'read-only' | 'deny-all';
  /** The whole policy as it would be. */
  readonly text: string;
  /** Against `base`; empty for a new policy, and where nothing would change. */
  readonly edits: readonly { readonly range: WireRange; readonly newText: string }[];
  /** Of a new policy: its tools by what it does with them. Of one that is there: the new tools alone. */
  readonly counts: {
    readonly allowed: number;
    readonly limited: number;
    readonly approval: number;
    readonly denied: number;
    readonly hidden: number;
  };
  /** Names that would go because the server does not list them any more. */
  readonly removed: number;
}

export interface CallTemplateParams {
  readonly policyUri: string;
  readonly tool: string;
}

/** JSON text in the form that `portcullis eval` reads; null when the policy cannot be read. */
export type CallTemplateResult = string | null;

export interface EvaluateParams {
  readonly policyUri: string;
  /** JSON text in the form that `portcullis eval` reads. */
  readonly call: string;
}

export type EvaluateResult =
  | {
      readonly kind: 'decision';
      readonly tool: string;
      readonly decision: 'allow' | 'deny' | 'needs_approval';
      /** The log's rule; empty for a plain allow. */
      readonly rule: string;
      readonly message: string;
      /** Where the rule stands in the policy, where it stands there. */
      readonly range?: WireRange;
      /** The trace, for people. */
      readonly trace: string;
      /** Places in the trace that name a rule, and where that rule stands in the policy. */
      readonly links: readonly { readonly range: WireRange; readonly target: WireRange }[];
    }
  /** The text is no call; `range` in it. */
  | { readonly kind: 'problem'; readonly problem: string; readonly range: WireRange };

export interface ToolStatesParams {
  readonly server: string;
}

/** What a policy's engine says of a tool, whatever the arguments. */
export type Standing = 'hidden' | 'unsafe' | 'denied' | 'allowed' | 'conditional' | 'approval';

/** Texts of the server are escaped: they can be shown as they are. */
export type ToolStatesResult =
  | readonly {
      /** As the server gives it, for requests; `label` is for people. */
      readonly name: string;
      readonly label: string;
      readonly level: RiskLevel;
      /** For example `● critical · Destructive`. */
      readonly risk: string;
      /** Absent without a valid policy: then every call is denied. */
      readonly standing?: Standing;
      /** `standing` in a word or two. */
      readonly words: string;
      /** Address of the document with what the server says of it. */
      readonly uri: string;
    }[]
  | null;

export interface ToolDocumentParams {
  readonly uri: string;
}
