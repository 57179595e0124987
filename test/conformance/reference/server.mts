/** The reference server as a process: `node server.mts --stdio`, or over HTTP on a free port; `--unguarded` trusts any Host. */
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createReferenceServer } from './createServer.mts';
import { serveHttp } from './httpFace.mts';

if (process.argv.includes('--stdio')) serveStdio(() => createReferenceServer());
else {
  // Whoever started it is gone.
  process.stdin.on('end', () => process.exit()).resume();
  serveHttp({ guarded: !process.argv.includes('--unguarded') });
}
