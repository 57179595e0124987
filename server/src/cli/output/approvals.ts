/** Calls that wait for approval, for people at a terminal. The gateway has escaped what agents and servers say. */
import type { PendingCall } from '../../protocol/approval.ts';
import { table } from './table.ts';

/** `now`: milliseconds since the epoch. */
export function printPendingCalls(calls: readonly PendingCall[], now: number): string {
  if (calls.length === 0) return 'No call waits for approval.\n';
  const header = ['ID', 'LEFT', 'SERVER', 'TOOL', 'RISK', 'CLIENT', 'GRANT'];
  const rows = calls.map((call) => {
    const { id, server, tool, risk, client, grant } = call;
    return [id, left(call, now), server, tool, risk, client, grant];
  });
  return table(header, rows);
}

export function printPending(call: PendingCall, now: number): string {
  const risk = [call.risk, call.category].filter((word) => word !== '').join(', ');
  const facts: readonly (readonly [string, string])[] = [
    ['Call', call.id],
    ['Tool', `${call.tool} of the server ${call.server}`],
    ['Risk', risk === '' ? 'not known' : risk],
    ['Client', call.client === '' ? '(gave no name)' : `${call.client} (says so itself)`],
    ['Grant', `${call.grant}, session ${call.session}`],
    ['Rule', `${call.rule} in ${call.policyFile} (${call.policy})`],
    ['Left', left(call, now)],
    ...(call.asTask ? [['Task', 'the server answers with a task, and goes on by itself'] as const] : []),
    ...(call.message === '' ? [] : [['Policy', call.message] as const]),
    ...(call.description === '' ? [] : [['Server', call.description] as const]),
  ];
  const head = facts.map(([name, text]) => `${name.padEnd(8)}${text.replace(/\r\n|[\r\n]/g, `\n${' '.repeat(8)}`)}\n`);
  const args = call.arguments === '' ? 'The call has no arguments.\n' : `All of its arguments:\n${call.arguments}\n`;
  return `${head.join('')}\n${args}\n`;
}

function left({ expiresAt }: PendingCall, now: number): string {
  return `${String(Math.max(0, Math.ceil((expiresAt - now) / 1_000)))} s`;
}
