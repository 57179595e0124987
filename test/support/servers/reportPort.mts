/** Preloaded into a server that cannot tell on which free port it listens: prints `{"port":N}`. */
import { subscribe } from 'node:diagnostics_channel';
import type { AddressInfo, Server } from 'node:net';

subscribe('tracing:net.server.listen:asyncEnd', (message) => {
  const { server } = message as { server: Server };
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
