/** Messages between the audit view's host side (client/src/webview/audit) and its page (client/webview/audit). Types only: both sides import them. */
import type { DecisionRecord, OutcomeRecord } from '../../../../server/src/protocol/audit.ts';

/** One call: its decision, and its outcome when there is one. */
export interface AuditRow {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly client: string;
  readonly server: string;
  readonly tool: string;
  readonly category: string;
  readonly risk: DecisionRecord['risk'];
  readonly decision: DecisionRecord['decision'];
  readonly rule: string;
  readonly message: string;
  readonly outcome?: OutcomeRecord['outcome'];
  /** Of calls that have ended. */
  readonly latencyMs?: number;
}

/** Many rows, oldest first, each text once. */
export interface PackedRows {
  readonly texts: readonly string[];
  /** `texts`: for each of `textColumns` (pack.ts) a place among the texts; empty ones stand for what is absent. */
  readonly rows: readonly (readonly [id: string, at: number, latencyMs: number | null, texts: readonly number[]])[];
}

export type ToPage =
  /** `first`: they are the newest and replace all; each `older` goes before what is there. `new`: decided or ended just now. */
  | (PackedRows & { readonly type: 'rows'; readonly kind: 'first' | 'older' | 'new' })
  | { readonly type: 'page'; readonly page: PageState }
  | { readonly type: 'waiting'; readonly calls: readonly WaitingCall[] }
  | { readonly type: 'details'; readonly details: CallDetails }
  | { readonly type: 'limits'; readonly limits: readonly LimitLine[]; readonly problem?: string }
  | { readonly type: 'filter'; readonly filter: Pick<AuditFilter, 'decision' | 'text'> };

export type FromPage =
  | { readonly type: 'ready' }
  /** Wants the details of a call. */
  | { readonly type: 'details'; readonly id: string }
  | { readonly type: 'act'; readonly id: string; readonly action: CallAction }
  /** Whether the use of limits is looked at. */
  | { readonly type: 'limits'; readonly shown: boolean }
  /** Goes to the rule of a limit. `policy`: absolute path. */
  | { readonly type: 'limit'; readonly policy: string; readonly rule: string }
  | { readonly type: 'run'; readonly action: PageAction }
  /** What shall become of a call that waits; to allow it, it must be reviewed. */
  | { readonly type: 'decide'; readonly id: string; readonly how: 'review' | 'deny' }
  /** So that the palette offers to clear a filter that is set. */
  | { readonly type: 'filtered'; readonly filtered: boolean };

export type PageAction =
  | 'startGateway'
  | 'copyClientConfiguration'
  | 'openPolicy'
  | 'reviewEdits'
  | 'showGatewayLog'
  | 'manageTrust'
  | 'openFolder'
  | 'openServerConfiguration'
  | 'createPolicy'
  | 'tryDemo'
  | 'loadOlderCalls'
  | 'exportAudit';

/** What can be done about a call. */
export type CallAction = 'rule' | 'allow' | 'limit' | 'testCase';

/** What is shown of a call, in words. */
export interface CallDetails {
  readonly id: string;
  readonly fields: readonly { readonly label: string; readonly value: string; readonly isCode?: true }[];
}

/** What is used now of a limit, in words. */
export interface LimitLine {
  readonly server: string;
  readonly counter: string;
  readonly whose: string;
  /** For example `3 of 10 used in this minute`. */
  readonly used: string;
  /** From 0 to 1; absent where the policy has no such limit any more. */
  readonly share?: number;
  /** When something frees up. */
  readonly frees: string;
  /** Absolute path. */
  readonly policy: string;
  /** As in the audit log; empty where the policy has no such limit any more. */
  readonly rule: string;
}

/** A call that waits for approval. */
export interface WaitingCall {
  readonly id: string;
  /** One line. */
  readonly text: string;
  readonly risk: AuditRow['risk'];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface AuditFilter {
  readonly decision: 'all' | 'denied';
  readonly text: string;
  /** Up to now. */
  readonly span: TimeSpan;
  /** Chosen in the chart. */
  readonly range?: TimeRange;
}

export type TimeSpan = 'all' | '15m' | '1h' | '24h' | '7d';

/** Milliseconds since the epoch; `to` is not part of it. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What stands around the table. All texts are in the user's language. */
export interface PageState {
  /** Shown in place of the table while there are no rows. */
  readonly empty: { readonly title: string; readonly detail: string; readonly actions: readonly PageButton[] };
  readonly banners: readonly Banner[];
  /** The log has older calls than are here. */
  readonly hasOlder: boolean;
}

export interface Banner {
  readonly severity: 'warning' | 'error' | 'info';
  readonly text: string;
  readonly actions: readonly PageButton[];
}

export interface PageButton {
  readonly label: string;
  readonly action: PageAction;
}

/** The page's own words, given to it in its first HTML. */
export interface PageStrings {
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly decisions: Readonly<Record<AuditRow['decision'], string>>;
  /** What became of a call that waited. */
  readonly answers: Readonly<Record<'approved' | 'refused' | 'expired', string>>;
  readonly risks: Readonly<Record<Exclude<AuditRow['risk'], ''>, string>>;
  readonly all: string;
  readonly waiting: string;
  readonly review: string;
  readonly deny: string;
  /** `{0}`: minutes and seconds. */
  readonly left: string;
  /** Announced. */
  readonly newWaiting: string;
  readonly denied: string;
  readonly filterPlaceholder: string;
  readonly clearFilter: string;
  readonly table: string;
  readonly filterGroup: string;
  readonly nothingMatches: string;
  /** `{0}` shown of `{1}`. */
  readonly count: string;
  /** `{0}` new calls. */
  readonly newCalls: string;
  /** Announced: `{0}` calls, `{1}` of them denied. */
  readonly announcement: string;
  /** `{0}`: milliseconds. */
  readonly latency: string;
  readonly loadOlder: string;
  readonly follow: string;
  readonly followHint: string;
  readonly groupByTool: string;
  /** `{0}` calls, `{1}` of them denied. */
  readonly groupCount: string;
  readonly spanLabel: string;
  readonly spans: Readonly<Record<TimeSpan, string>>;
  readonly chart: ChartStrings;
  readonly details: DetailsStrings;
  readonly limits: LimitsStrings;
  readonly close: string;
}

interface ChartStrings {
  /** `{0}` calls, `{1}` denied. */
  readonly sum: string;
  /** `{0}` calls, `{1}` denied, from `{2}` to `{3}`. */
  readonly label: string;
  /** `{0}`, `{1}`: begin and end of a bar; `{2}` calls, `{3}` denied. */
  readonly bar: string;
}

interface DetailsStrings {
  readonly title: string;
  readonly actions: Readonly<Record<CallAction, string>>;
  readonly onlyTool: string;
  readonly onlyClient: string;
}

interface LimitsStrings {
  readonly title: string;
  readonly none: string;
}

export type ColumnName = 'time' | 'client' | 'tool' | 'decision' | 'rule' | 'latency' | 'message';
