/** The guard of a gateway, started by it as a process of its own (mcp/stdio/guard.ts): ends the servers of a gateway that was killed. */
import { guardGroups } from '../mcp/stdio/guardDuty.ts';

// Whoever ends the gateway's processes all at once must not end this one first: it goes when its stdin ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => undefined);

void guardGroups(process.stdin);
