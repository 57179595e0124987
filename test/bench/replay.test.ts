/**
 * What "What would this edit have changed in the last week?" costs on a log of 100,000 records, and how long a hover waits meanwhile: through the
 * real server, protocol and database. `npm run bench:replay` prints the figures. Nothing here asserts a time: machines differ.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRecords } from '../../server/src/language/replay/records.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import type { ReplayParams, ReplayResult } from '../../server/src/protocol/replay.ts';
import { openState } from '../../server/src/state/index.ts';
import { connectClient, type OpenDocument, type TestClient } from '../language/support/client.ts';
import { fakeRuntime, POLICY_URI } from '../language/support/runtime.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { decided, ended } from '../unit/state/records.ts';
import { largePolicy } from './support/large.ts';

/** Half of them decisions, half how the calls ended. */
const RECORDS = 100_000;
const TOOLS = 734;

let folder: Folder;
let client: TestClient;
let document: OpenDocument;

beforeAll(async () => {
  folder = await makeFolder();
  const state = openState(folder.path);
  for (let index = 0; index < RECORDS / 2; index++) {
    const tool = `tool_${String(index % TOOLS)}`;
    state.audit.append(decided({ id: String(index), server: 'files', tool, decision: 'allow', rule: '' }));
    state.audit.note(ended(String(index)));
  }
  await state.close();
  client = await connectClient(
    { ...fakeRuntime([]), openRecords },
    { initialization: { trusted: true, stateFolder: folder.path } },
  );
  document = await client.open(largePolicy(TOOLS));
  await client.live();
});

afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

test(`replays ${String(RECORDS)} records, and answers hovers meanwhile`, async () => {
  const params: ReplayParams = { policyUri: POLICY_URI, since: 0 };
  const begin = performance.now();
  let isDone = false;
  const replay = client.connection.sendRequest<ReplayResult>(languageMessages.replay, params).finally(() => {
    isDone = true;
  });
  const waits: number[] = [];
  for (let asked = performance.now(); !isDone; asked = performance.now()) {
    await client.hover(document);
    waits.push(performance.now() - asked);
  }
  expect(await replay).toMatchObject({ kind: 'difference', calls: RECORDS / 2 });
  const seconds = (performance.now() - begin) / 1_000;
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  console.log(`${String(RECORDS)} records, a policy of ${String(TOOLS)} entries: ${seconds.toFixed(2)} s`);
  console.log(
    `${String(waits.length)} hovers meanwhile: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`,
  );
});
