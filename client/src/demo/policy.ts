/** What the demo configures: a server that is part of the extension, and a policy in which each kind of rule has something to do. Data only. */

export const DEMO_SERVER = 'demo-shop';

/** `launcher`: a program that runs `portcullis` wherever the extension is at the moment. */
export function demoDefinition(launcher: string): string {
  const servers = { [DEMO_SERVER]: { command: launcher, args: ['demo-server'] } };
  return `${JSON.stringify({ servers }, null, 2)}\n`;
}

/** As a person would write it: what belongs together on one line. */
export const demoPolicy = (): string => `{
  "version": "1",
  "server": "${DEMO_SERVER}",
  "description": "What agents may do in the demo shop. Change it and save.",
  "default": "deny",
  "hide": ["delete_*"],
  "tools": {
    "list_products": {},
    "get_order": {},
    "search_customers": {},
    "run_report": {
      "rate_limit": { "max": 2, "window": 60, "scope": "grant", "on_deny": "Two reports a minute: the database is busy." }
    },
    "change_price": {
      "require": [
        { "path": "args.price", "op": "gte", "value": 5, "on_deny": "A price below 5 euros is a mistake." }
      ]
    },
    "refund_order": {
      "action": "require_approval",
      "require": [{ "path": "args.amount", "op": "lte", "value": 100, "on_deny": "At most 100 euros." }],
      "approval": { "timeout": 300, "message": "An agent wants to pay money back." }
    }
  }
}
`;

/** A call of the demo's agent. */
export interface DemoCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, string | number>>;
}

const report: DemoCall = { tool: 'run_report', arguments: { kind: 'sales' } };

/** One for each kind of decision; the last one waits for a person. */
export const demoCalls: readonly DemoCall[] = [
  { tool: 'list_products', arguments: {} },
  ...[report, report, report],
  { tool: 'change_price', arguments: { sku: 'LAMP-2', price: 0.5 } },
  { tool: 'delete_customer', arguments: { customer: 'C-1' } },
  { tool: 'cancel_order', arguments: { order: 1002 } },
  { tool: 'refund_order', arguments: { order: 1001, amount: 20 } },
];
