import { quote } from '../quote.ts';
import type { Elsewhere } from '../finding.ts';
import type { Rule, WayAround } from '../rule.ts';

/** Clients whose own configuration starts or contacts the server: what their agents call is judged by nobody. One finding, with the places. */
export const notThroughGateway: Rule = {
  code: 'not-through-gateway',
  severity: 'warning',
  title: 'A client reaches the server around the gateway',
  asked: ({ ways }) => ways !== undefined,
  *check({ policy, ways = [] }) {
    if (ways.length === 0) return;
    const { root } = policy;
    const { start, end } = root.members.get('server')?.value ?? { start: root.start, end: root.start + 1 };
    const clients = [...new Set(ways.map(({ client, shownFile }) => `${client} (${shownFile})`))];
    const them = clients.length === 1 ? 'it' : 'them';
    yield {
      message: `The server is reached directly by ${clients.join(', ')}: agents there call its tools without this policy. Route ${them} through the gateway: the quick fix, or "portcullis connect CLIENT --route", shows the change first.`,
      span: { start, end },
      elsewhere: ways.map((way) => place(way)),
      fixes: [],
    };
  },
};

function place({ client, name, file, start, end }: WayAround): Elsewhere {
  return { file, start, end, message: `${client} reaches the server itself by ${quote(name)}` };
}
