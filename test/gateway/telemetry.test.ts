/** Records on their way to a collector, from the program as it is shipped: they arrive, and a collector that does not answer holds up nothing. */
import { describe, expect, it, vi } from 'vitest';
import { openState } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { attribute, startCollector } from './support/collector.ts';
import { eraClient, httpTransport } from './support/eraClient.ts';
import { serveFolder, type ServingGateway } from './support/serving.ts';

const WAIT = { timeout: 15_000, interval: 20 };

const soon = { OTEL_BLRP_SCHEDULE_DELAY: '50', OTEL_METRIC_EXPORT_INTERVAL: '200', OTEL_METRIC_EXPORT_TIMEOUT: '100' };

function configured(): Promise<Folder> {
  const { command, args } = stubLaunch({ tools: ['echo', 'remove'].map(stubTool) });
  return makeFolder({
    'portcullis.json': JSON.stringify({ servers: { main: { command, args } } }),
    'main.policy.json': JSON.stringify({ version: '1', default: 'allow', hide: ['remove'] }),
  });
}

async function callTwice(gateway: ServingGateway): Promise<void> {
  const { main: url } = gateway.urls;
  if (!url) throw new Error('"main" is not served');
  const client = await eraClient(httpTransport({ url, token: gateway.token }), { era: 'legacy' });
  await client.callTool({ name: 'echo', arguments: { text: 'hello' } });
  await client.callTool({ name: 'remove', arguments: {} });
  await client.close();
}

const names = (record: { readonly seq: number; readonly hash: string }): string =>
  `${String(record.seq)} ${record.hash}`;

describe('OpenTelemetry', { timeout: 60_000 }, () => {
  it('gets every record as a log, with its place in the chain, and the counts as metrics', async () => {
    await using folder = await configured();
    await using collector = await startCollector();
    await using gateway = await serveFolder(folder, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...soon });

    await callTwice(gateway);
    await gateway.stop();

    const state = openState(folder.file('state'));
    const records = state.audit.read({});
    await state.close();
    expect(records.map(({ kind }) => kind)).toEqual(['decision', 'outcome', 'decision']);
    const logs = collector.logs();
    expect(
      logs.map((log) => `${String(attribute(log, 'portcullis.seq'))} ${String(attribute(log, 'portcullis.hash'))}`),
    ).toEqual(records.map(names));
    expect(logs.map((log) => attribute(log, 'portcullis.decision'))).toEqual(['allow', undefined, 'deny']);
    const metrics = JSON.stringify(collector.received.filter(({ path }) => path === '/v1/metrics'));
    expect(metrics).toContain('portcullis.decisions');
    expect(metrics).toContain('portcullis.call.duration');
    expect(metrics).not.toContain('remove');
    expect(JSON.stringify(collector.received)).toContain('"stringValue":"portcullis"');
  });

  it('that never answers delays no call and loses no local record', async () => {
    await using folder = await configured();
    await using collector = await startCollector({ silent: true });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_TIMEOUT: '500', ...soon };
    await using gateway = await serveFolder(folder, env);

    for (let round = 0; round < 10; round++) await callTwice(gateway);
    // It has been asked, and answers nothing.
    await vi.waitUntil(() => collector.logs().length > 0, WAIT);
    await vi.waitUntil(() => gateway.said().includes('could not be sent over OTLP'), WAIT);
    await gateway.stop();

    const state = openState(folder.file('state'));
    expect(state.audit.verify()).toEqual({ ok: true, records: 30 });
    await state.close();
  });

  it('is not loaded where no endpoint is named, or the SDK is turned off', async () => {
    await using folder = await configured();
    await using collector = await startCollector();
    await using gateway = await serveFolder(folder, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SDK_DISABLED: 'true',
      ...soon,
    });

    await callTwice(gateway);
    await gateway.stop();

    expect(collector.received).toEqual([]);
  });
});
