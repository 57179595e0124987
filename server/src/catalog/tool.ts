/** What an MCP server says of its tools. Everything in here is untrusted data: names, texts and schemas alike. */

export interface Tool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** JSON Schema of the arguments, exactly as the server sent it; may be hostile or no schema at all. */
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: ToolAnnotations;
}

/** MCP tool annotations: hints, which may raise a risk and never lower one. */
export interface ToolAnnotations {
  readonly title?: string;
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** A tool list at one moment. Tools stand in the server's order; two may bear one name. */
export interface Catalog {
  readonly server: string;
  readonly tools: readonly Tool[];
  /** Milliseconds since the epoch when the list was read. */
  readonly readAt: number;
  /** `lock`: as a person has pinned them. */
  readonly source: 'live' | 'snapshot' | 'file' | 'lock';
}
