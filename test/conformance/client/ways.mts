/** The client scenarios: an SDK client alone, and with the gateway between it and the scenario's server. */
import type { Way } from '../way.mts';
import { runSuite, type Revision } from '../suite.mts';
import type { Route } from './connect.mts';

/** Those that need no authorization, on each revision's wire. */
const scenarios: Readonly<Record<Revision, readonly string[]>> = {
  '2025-11-25': [
    'initialize',
    'tools_call',
    'elicitation-sep1034-client-defaults',
    'sse-retry',
    'json-schema-2020-12-preservation',
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
  ],
};

const DIRECT = 'direct';

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
    ...(against !== undefined && { against }),
    run: (revision, names) => {
      const chosen = scenarios[revision].filter((name) => names?.includes(name) ?? true);
      return runSuite({ role: 'client', address }, revision, chosen);
    },
  };
}
