/** The client scenarios: an SDK client alone, and with the gateway between it and the scenario's server. */
import type { Way } from '../way.mts';
import { runSuite, type Revision } from '../suite.mts';
import type { Route } from './connect.mts';

/** Logins, as both revisions have them, and what the newer one adds. */
const logins = [
  'auth/metadata-default',
  'auth/metadata-var1',
  'auth/metadata-var2',
  'auth/metadata-var3',
  'auth/basic-cimd',
  'auth/scope-from-www-authenticate',
  'auth/scope-from-scopes-supported',
  'auth/scope-omitted-when-undefined',
  'auth/scope-step-up',
  'auth/scope-retry-limit',
  'auth/token-endpoint-auth-basic',
  'auth/token-endpoint-auth-post',
  'auth/token-endpoint-auth-none',
  'auth/pre-registration',
];
const newerLogins = [
  'auth/resource-mismatch',
  'auth/offline-access-scope',
  'auth/offline-access-not-supported',
  'auth/authorization-server-migration',
  'auth/iss-supported',
  'auth/iss-not-advertised',
  'auth/iss-supported-missing',
  'auth/iss-wrong-issuer',
  'auth/iss-unexpected',
  'auth/iss-normalized',
  'auth/metadata-issuer-mismatch',
];

/** On each revision's wire. */
const scenarios: Readonly<Record<Revision, readonly string[]>> = {
  '2025-11-25': [
    'initialize',
    'tools_call',
    'elicitation-sep1034-client-defaults',
    'sse-retry',
    'json-schema-2020-12-preservation',
    ...logins,
  ],
  '2026-07-28': [
    'tools_call',
    'request-metadata',
    'sep-2322-client-request-state',
    'http-standard-headers',
    'http-custom-headers',
    'http-invalid-tool-headers',
    'json-schema-ref-no-deref',
    'json-schema-2020-12-preservation',
    ...logins,
    ...newerLogins,
  ],
};

const DIRECT = 'direct';

/**
 * Metadata that is another resource's must not be used (RFC 9728, section 3.3): the gateway does not ask the authorization server
 * that it names, as the SDK's client does before it gives up.
 */
const inapplicable: ReadonlySet<string> = new Set(['auth/resource-mismatch:authorization-server-metadata']);

/** Metadata for another resource end a login before the authorization server is asked; where it goes on, later checks tell. */
const askedTooMuch: ReadonlySet<string> = new Set(['authorization-server-metadata']);

export const clientWays: readonly Way[] = [
  way(DIRECT, 'direct'),
  way('HTTP → HTTP', 'http', DIRECT),
  way('stdio → HTTP', 'stdio', DIRECT),
];

function way(title: string, route: Route, against?: string): Way {
  // The suite hands the command to a shell and splits it at spaces, so it is kept free of paths that it does not know.
  const address = `node test/conformance/client/underTest.mts ${route}`;
  return {
    title,
    inapplicable,
    ...(against !== undefined && { against, inapplicable: askedTooMuch }),
    run: (revision, names) => {
      const chosen = scenarios[revision].filter((name) => names?.includes(name) ?? true);
      return runSuite({ role: 'client', address }, revision, chosen);
    },
  };
}
