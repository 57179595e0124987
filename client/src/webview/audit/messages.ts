/** Messages between the audit view's host side (client/src/webview/audit) and its page (client/webview/audit). Types only: both sides import them. */
import type { AuditRecord, DecisionRecord } from '../../../../server/src/protocol/audit.ts';

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
  readonly outcome?: Extract<AuditRecord, { kind: 'outcome' }>['outcome'];
}

export type ToPage =
  | { readonly type: 'rows'; readonly rows: readonly AuditRow[]; readonly replace: boolean }
  | { readonly type: 'page'; readonly page: PageState }
  | { readonly type: 'waiting'; readonly calls: readonly WaitingCall[] }
  | { readonly type: 'filter'; readonly filter: AuditFilter };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'run'; readonly action: PageAction }
  /** What shall become of a call that waits; to allow it, it must be reviewed. */
  | { readonly type: 'decide'; readonly id: string; readonly how: 'review' | 'deny' }
  /** So that the palette offers to clear a filter that is set. */
  | { readonly type: 'filtered'; readonly filtered: boolean };

export type PageAction = 'startGateway' | 'copyClientConfiguration' | 'openPolicy' | 'showGatewayLog' | 'manageTrust';

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
}

/** What stands around the table. All texts are in the user's language. */
export interface PageState {
  /** Shown in place of the table while there are no rows. */
  readonly empty: { readonly title: string; readonly detail: string; readonly actions: readonly PageButton[] };
  readonly banners: readonly Banner[];
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
}

export type ColumnName = 'time' | 'client' | 'tool' | 'decision' | 'rule' | 'message';
