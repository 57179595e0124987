/**
 * The method table: which MCP methods exist in which revision, in which direction, and what the client must have declared.
 * A method that is not in here does not pass (docs/gateway.md). The schema of each revision is the source.
 */
import type { Revision } from '../../mcp/revision.ts';

export type ClientCapability = 'roots' | 'sampling' | 'elicitation' | 'tasks';

interface Entry {
  readonly since?: Revision;
  /** For requests to the client: what it must have declared in `initialize`. */
  readonly capability?: ClientCapability;
}

type Table = ReadonlyMap<string, Entry>;

const always: Entry = {};
const tasks: Entry = { since: '2025-11-25' };

const clientRequests: Table = new Map([
  ['initialize', always],
  ['ping', always],
  ['tools/list', always],
  ['tools/call', always],
  ['resources/list', always],
  ['resources/templates/list', always],
  ['resources/read', always],
  ['resources/subscribe', always],
  ['resources/unsubscribe', always],
  ['prompts/list', always],
  ['prompts/get', always],
  ['completion/complete', always],
  ['logging/setLevel', always],
  ['tasks/list', tasks],
  ['tasks/get', tasks],
  ['tasks/result', tasks],
  ['tasks/cancel', tasks],
]);

const clientNotifications: Table = new Map([
  ['notifications/initialized', always],
  ['notifications/cancelled', always],
  ['notifications/progress', always],
  ['notifications/roots/list_changed', always],
  ['notifications/tasks/status', tasks],
]);

const serverRequests: Table = new Map<string, Entry>([
  ['ping', always],
  ['roots/list', { capability: 'roots' }],
  ['sampling/createMessage', { capability: 'sampling' }],
  ['elicitation/create', { since: '2025-06-18', capability: 'elicitation' }],
  ['tasks/list', { since: '2025-11-25', capability: 'tasks' }],
  ['tasks/get', { since: '2025-11-25', capability: 'tasks' }],
  ['tasks/result', { since: '2025-11-25', capability: 'tasks' }],
  ['tasks/cancel', { since: '2025-11-25', capability: 'tasks' }],
]);

const serverNotifications: Table = new Map<string, Entry>([
  ['notifications/cancelled', always],
  ['notifications/progress', always],
  ['notifications/message', always],
  ['notifications/tools/list_changed', always],
  ['notifications/prompts/list_changed', always],
  ['notifications/resources/list_changed', always],
  ['notifications/resources/updated', always],
  ['notifications/elicitation/complete', tasks],
  ['notifications/tasks/status', tasks],
]);

export type MethodSettings = Readonly<Record<string, 'allow' | 'deny'>>;

/** `unknown`: not a method of that revision. `closed`: portcullis.json denies it. */
export type MethodStanding = 'passes' | 'unknown' | 'closed';

export function standingOfRequest(method: string, revision: Revision, settings: MethodSettings): MethodStanding {
  return standing(clientRequests, method, revision, settings);
}

export function standingOfNotification(method: string, revision: Revision, settings: MethodSettings): MethodStanding {
  return standing(clientNotifications, method, revision, settings);
}

export function standingOfServerNotification(
  method: string,
  revision: Revision,
  settings: MethodSettings,
): MethodStanding {
  return standing(serverNotifications, method, revision, settings);
}

/** A request from the server passes only where the client declared that it can answer it. */
export function standingOfServerRequest(
  method: string,
  revision: Revision,
  settings: MethodSettings,
  declared: ReadonlySet<string>,
): MethodStanding {
  const known = standing(serverRequests, method, revision, settings);
  const capability = serverRequests.get(method)?.capability;
  return known === 'passes' && capability !== undefined && !declared.has(capability) ? 'unknown' : known;
}

function standing(table: Table, method: string, revision: Revision, settings: MethodSettings): MethodStanding {
  const entry = table.get(method);
  if (!entry || (entry.since !== undefined && revision < entry.since)) return 'unknown';
  return Object.hasOwn(settings, method) && settings[method] === 'deny' ? 'closed' : 'passes';
}

/** The rule that audit records and errors name for a method that does not pass. */
export function methodRule(method: string): string {
  return `/methods/${method.slice(0, 128)}`;
}
