/** `npm run soak -- [--gateways N] [--servers N]`: processes are killed in the middle of their work (faults F1 and F2 of docs/security-tests.md). */
import { parseArgs } from 'node:util';
import { buildProduct } from '../../scripts/bundles.mts';
import { killGateway } from './killGateway.mts';
import { killServer } from './killServer.mts';

const { values } = parseArgs({
  options: { gateways: { type: 'string', default: '100' }, servers: { type: 'string', default: '50' } },
});
await buildProduct({ production: false });
const found = [...(await killServer(Number(values.servers))), ...(await killGateway(Number(values.gateways)))];
for (const each of found) console.error(each);
console.log(found.length === 0 ? 'nothing found' : `${found.length} findings`);
process.exitCode = found.length === 0 ? 0 : 1;
