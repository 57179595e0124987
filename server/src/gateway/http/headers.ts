/** Request headers as the gateway needs them: by lower-case name, and refused where a decisive one comes twice. */

export type Headers = ReadonlyMap<string, string>;

/** Why a request is refused before its body is looked at. `message` is for people and holds nothing of the request. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** The JSON-RPC code; by default that of the gateway's own refusals. */
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Two values for one of these could be read differently by whoever stands in front. */
const SINGLE = new Set([
  'host',
  'origin',
  'authorization',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'accept',
  'mcp-session-id',
  'mcp-protocol-version',
  'last-event-id',
  'mcp-method',
  'mcp-name',
]);

/** Repeats an argument of a tool. */
const PARAMETER = /^mcp-param-/;

export type HeaderReading =
  { readonly ok: true; readonly headers: Headers } | { readonly ok: false; readonly name: string };

/** `raw`: names and values in turn, as node:http gives them. */
export function readHeaders(raw: readonly string[]): HeaderReading {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (headers.has(name) && (SINGLE.has(name) || PARAMETER.test(name))) return { ok: false, name };
    headers.set(name, raw[index + 1] ?? '');
  }
  return { ok: true, headers };
}
