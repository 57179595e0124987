/** A review of a server's tools: who asks for one, and how the control channel carries it. Types only. */

/** Whose changed tools are to be reviewed. */
export interface ReviewTarget {
  readonly server: string;
  /** The server's own name of the tool that is looked at first. */
  readonly tool?: string;
}

/** How the tools of a server differ from what `portcullis.lock.json` pins. */
export interface ToolReview {
  readonly server: string;
  /** Digest of how the server is started or reached; absent: as it was reviewed. */
  readonly definition?: string;
  /** What holds hidden characters stands first. */
  readonly changes: readonly ReviewedChange[];
  /** Names that the server lists twice, so that nobody can accept them. Safe to show. */
  readonly twice: readonly string[];
}

/** `problem`: why nothing has to be reviewed, for people. */
export type ReviewAnswer = ToolReview | { readonly problem: string };

export interface ReviewedChange {
  readonly kind: 'new' | 'changed' | 'renamed' | 'gone';
  /** The server's own text: for `AcceptToolsRequest`, never to be shown. */
  readonly name: string;
  /** The name, safe to show. */
  readonly label: string;
  /** The former name of a renamed tool, safe to show. */
  readonly former?: string;
  /** What has changed: fields of the definition, safe to show. */
  readonly fields: readonly string[];
  /** Hidden characters in the definition, written out. */
  readonly hidden: readonly string[];
  /** The whole definition as it is pinned, and as the server lists it, safe to show; empty where there is none. */
  readonly before: string;
  readonly after: string;
  /** Stands for the definition as the server lists it; empty for a tool that is gone. */
  readonly hash: string;
}

/** A person accepts what a review has shown. */
export interface AcceptToolsRequest {
  readonly server: string;
  /** As in the review, where the definition of the server is accepted too. */
  readonly definition?: string;
  /** Names and hashes of the review. */
  readonly tools: readonly { readonly name: string; readonly hash: string }[];
}
