/** A face that the suite can be pointed at. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Face extends AsyncDisposable {
  readonly url: string;
}

/** Listens on a free port of 127.0.0.1; ends with all of its connections. */
export async function listen(server: Server, path: string, dispose?: () => Promise<unknown>): Promise<Face> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await dispose?.();
    },
  };
}
