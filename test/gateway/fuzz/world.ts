/** What is fuzzed against: policies, the tools of the server behind them, and which messages must never reach it, by whichever reading. */

export interface World {
  readonly name: string;
  readonly policy: object;
  /** Whether the server speaks revision 2026-07-28, too. */
  readonly speaksModern: boolean;
  /** What must not arrive. `decoded` is one reading of what arrived. */
  isForbidden(decoded: unknown): boolean;
}

/** Calls of `limited` that the policies let through. */
export const LIMIT = 40;
/** An argument of calls that nobody may make: those of strangers. */
export const STRANGER = 'sent-by-a-stranger';
export const FOREIGN_TASK = 'task-of-somebody-else';

/** All of them are listed by the server, so that nothing but the policy stands in the way. */
export const TOOLS = ['open', 'OPEN', 'pay', 'limited', 'closed', 'unlisted', 'secret_key', 'wipe', 'del_all'];

const limits = [{ counter: 'limited', window: 'month', max: LIMIT }];
const cheap = { path: 'args.amount', op: 'lte', value: 10 };

export const strict: World = {
  name: 'strict',
  speaksModern: true,
  policy: {
    version: '1',
    default: 'deny',
    hide: ['secret_*'],
    tools: {
      open: {},
      closed: { action: 'deny' },
      'del_*': { action: 'deny' },
      pay: { require: [{ path: 'args.amount', op: 'exists' }, cheap] },
      limited: { limits },
    },
  },
  isForbidden: forbiddenUnless({ open: true, limited: true, pay: isCheap }),
};

export const loose: World = {
  name: 'loose',
  speaksModern: false,
  policy: {
    version: '1',
    default: 'allow',
    hide: ['secret_*', 'wipe'],
    tools: {
      closed: { deny_if: [{ conditions: [] }] },
      'del_*': { action: 'deny' },
      pay: { deny_if: [{ path: 'args.amount', op: 'gt', value: 10 }] },
      limited: { limits },
    },
  },
  isForbidden: forbiddenUnless({
    open: true,
    OPEN: true,
    limited: true,
    unlisted: true,
    pay: (args) => args?.amount === undefined || args.amount === null || isCheap(args),
  }),
};

type Arguments = { readonly amount?: unknown; readonly tag?: unknown } | undefined;

function isCheap(args: Arguments): boolean {
  return typeof args?.amount === 'number' && args.amount <= 10;
}

/** Methods of clients that a server may see; each passes by the method table of some revision. */
const METHODS = new Set([
  // As readers see it that fold cases.
  'logging/setlevel',
  ...['initialize', 'ping', 'tools/list', 'tools/call', 'logging/setLevel', 'completion/complete'],
  ...['resources/list', 'resources/templates/list', 'resources/read', 'resources/subscribe', 'resources/unsubscribe'],
  ...['prompts/list', 'prompts/get', 'tasks/list', 'tasks/get', 'tasks/result', 'tasks/cancel'],
  ...['server/discover', 'subscriptions/listen', 'tasks/update'],
  ...['notifications/initialized', 'notifications/cancelled', 'notifications/progress'],
  ...['notifications/roots/list_changed', 'notifications/tasks/status'],
]);

interface Decoded {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: { readonly name?: unknown; readonly arguments?: Arguments; readonly taskId?: unknown };
}

function forbiddenUnless(allowed: Readonly<Record<string, true | ((args: Arguments) => boolean)>>) {
  return (decoded: unknown): boolean => {
    if (typeof decoded !== 'object' || decoded === null || Array.isArray(decoded)) return true;
    const { id, method, params } = decoded as Decoded;
    if (method === undefined) return false;
    if (typeof method !== 'string' || !METHODS.has(method)) return true;
    if (method.startsWith('tasks/') && params?.taskId === FOREIGN_TASK) return true;
    if (params?.arguments?.tag === STRANGER) return true;
    if (method !== 'tools/call') return false;
    const rule = typeof params?.name === 'string' && Object.hasOwn(allowed, params.name) && allowed[params.name];
    return id === undefined || !(rule === true || (rule && rule(params?.arguments)));
  };
}
