/** What portcullis.json says of the log's age, kept to by the program as it is shipped. */
import { expect, it, vi } from 'vitest';
import { openState } from '../../server/src/state/index.ts';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch } from '../support/servers/start.ts';
import { decided } from '../unit/state/records.ts';
import { serveFolder } from './support/serving.ts';

it('removes old records when it starts, and the rest still verifies', { timeout: 60_000 }, async () => {
  const { command, args } = stubLaunch();
  const configuration = { servers: { main: { command, args } }, audit: { maxDays: 30 } };
  await using folder = await makeFolder({ 'portcullis.json': JSON.stringify(configuration) });
  let now = Date.now() - 40 * 86_400_000;
  const before = openState(folder.file('state'), { clock: () => now });
  for (let count = 0; count < 300; count++) before.audit.append(decided());
  now = Date.now();
  before.audit.append(decided({ tool: 'kept' }));
  await before.close();

  await using gateway = await serveFolder(folder);

  const state = openState(folder.file('state'));
  const oldest = (): number => state.audit.read({ first: 1 })[0]?.seq ?? 0;
  await vi.waitUntil(() => oldest() === 301, { timeout: 15_000, interval: 20 });
  await state.close();
  const verified = await portcullis(['audit', 'verify', '--state', folder.file('state')]);
  expect(verified.out).toContain('1 records, the chain is whole. Records 1 to 300 were removed by retention');
  expect(gateway.said()).not.toContain('audit.maxDays');
});
