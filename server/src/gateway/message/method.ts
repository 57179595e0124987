/**
 * The method table: which MCP methods exist in which revision, in which direction, and what the client must have declared.
 * A method that is not in here does not pass (docs/gateway.md). The schema of each revision is the source.
 */
import { MODERN_REVISION, type Revision } from '../../mcp/revision.ts';

export type ClientCapability = 'roots' | 'sampling' | 'elicitation' | 'tasks';

interface Entry {
  readonly since?: Revision;
  /** The first revision that no longer has it. */
  readonly until?: Revision;
  /** For requests to the client: what it must have declared in `initialize`. */
  readonly capability?: ClientCapability;
}

type Table = ReadonlyMap<string, Entry>;

const always: Entry = {};
const legacy: Entry = { until: MODERN_REVISION };
const modern: Entry = { since: MODERN_REVISION };
/** In the core protocol of one revision only; later an extension, which has some methods of the same names. */
const tasks: Entry = { since: '2025-11-25' };
const legacyTasks: Entry = { since: '2025-11-25', until: MODERN_REVISION };

const clientRequests: Table = new Map([
  ['initialize', legacy],
  ['ping', legacy],
  ['tools/list', always],
  ['tools/call', always],
  ['resources/list', always],
  ['resources/templates/list', always],
  ['resources/read', always],
  ['resources/subscribe', legacy],
  ['resources/unsubscribe', legacy],
  ['prompts/list', always],
  ['prompts/get', always],
  ['completion/complete', always],
  ['logging/setLevel', legacy],
  ['server/discover', modern],
  ['subscriptions/listen', modern],
  ['tasks/list', legacyTasks],
  ['tasks/get', tasks],
  ['tasks/result', legacyTasks],
  ['tasks/update', modern],
  ['tasks/cancel', tasks],
]);

const clientNotifications: Table = new Map([
  ['notifications/initialized', legacy],
  ['notifications/cancelled', always],
  ['notifications/progress', legacy],
  ['notifications/roots/list_changed', legacy],
  ['notifications/tasks/status', legacyTasks],
]);

/** In the modern era these are no messages of their own: they stand in results that ask for input. */
const serverRequests: Table = new Map<string, Entry>([
  ['ping', legacy],
  ['roots/list', { capability: 'roots' }],
  ['sampling/createMessage', { capability: 'sampling' }],
  ['elicitation/create', { since: '2025-06-18', capability: 'elicitation' }],
  ['tasks/list', { ...legacyTasks, capability: 'tasks' }],
  ['tasks/get', { ...legacyTasks, capability: 'tasks' }],
  ['tasks/result', { ...legacyTasks, capability: 'tasks' }],
  ['tasks/cancel', { ...legacyTasks, capability: 'tasks' }],
]);

const serverNotifications: Table = new Map<string, Entry>([
  ['notifications/cancelled', always],
  ['notifications/progress', always],
  ['notifications/message', always],
  ['notifications/tools/list_changed', always],
  ['notifications/prompts/list_changed', always],
  ['notifications/resources/list_changed', always],
  ['notifications/resources/updated', always],
  ['notifications/elicitation/complete', legacyTasks],
  ['notifications/tasks/status', legacyTasks],
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
  if (!entry || revision < (entry.since ?? '') || (entry.until !== undefined && revision >= entry.until))
    return 'unknown';
  return Object.hasOwn(settings, method) && settings[method] === 'deny' ? 'closed' : 'passes';
}

/** The rule that audit records and errors name for a method that does not pass. */
export function methodRule(method: string): string {
  return `/methods/${method.slice(0, 128)}`;
}
