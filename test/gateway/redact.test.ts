/** Redaction: what the patterns match reaches no client, by whichever way the server says it; nothing else is changed. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  Redaction,
  REDACTION_BUDGET,
  redactionProblems,
  TooLarge,
} from '../../server/src/gateway/message/redaction.ts';
import { parseKeepingNumbers } from '../../server/src/mcp/parse.ts';
import { eraLaunch, stubLaunch, stubTool } from '../support/servers/start.ts';
import { eraClient, httpTransport } from './support/eraClient.ts';
import { openSession } from './support/http.ts';
import { runGateway, settings } from './support/running.ts';

const SECRET = 'sk-0123456789abcdef';
const redact = [{ regex: 'sk-[0-9a-f]{16}' }, { regex: '\\b\\d{16}\\b', replace: 'CARD' }];
const policy = { version: '1', default: 'allow' };
const observing = { settings: { ...settings, redact } };

const apply = (value: unknown, isFree = false) => new Redaction(redact).apply(value, isFree);

describe('what is redacted', () => {
  test('texts wherever they stand, and nothing else', () => {
    const result = {
      content: [
        { type: 'text', text: `key ${SECRET}, 😀 ${SECRET}.` },
        { type: 'resource', resource: { uri: `x://${SECRET}`, text: SECRET } },
        { type: 'image', mimeType: 'image/png', data: '1111222233334444' },
      ],
      isError: false,
    };
    expect(apply(result)).toEqual({
      count: 4,
      value: {
        content: [
          { type: 'text', text: 'key [redacted], 😀 [redacted].' },
          { type: 'resource', resource: { uri: 'x://[redacted]', text: '[redacted]' } },
          result.content[2],
        ],
        isError: false,
      },
    });
  });

  test('keys and numbers of structured content, without losing one', () => {
    const structuredContent = parseKeepingNumbers(
      `{"${SECRET}":1,"sk-fedcba9876543210":2,"card":1111222233334444,"type":"${SECRET}","__proto__":"${SECRET}"}`,
    );
    const { value } = apply({ structuredContent });
    expect(JSON.stringify(value)).toBe(
      '{"structuredContent":{"[redacted]":1,"[redacted] (2)":2,"card":"CARD","type":"[redacted]","__proto__":"[redacted]"}}',
    );
  });

  test('nothing: then it is the very same value', () => {
    const result = { content: [{ type: 'text', text: 'plain' }], _meta: { progressToken: 1111222233334444 } };
    expect(apply(result).value).toBe(result);
  });

  test('any value: no text with a match is left, and a second time changes nothing', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constant(SECRET),
      fc.string().map((some) => `${some} ${SECRET} ${some}`),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.integer(),
        fc.array(tie('tree')),
        fc.dictionary(text, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const once = apply(value, true).value;
        expect(JSON.stringify(once)).not.toContain(SECRET);
        expect(apply(once, true)).toEqual({ value: once, count: 0 });
      }),
      { numRuns: 200 },
    );
  });
});

test('what would take too long is refused', () => {
  expect(() => apply('x'.repeat(REDACTION_BUDGET / 2 + 1))).toThrow(TooLarge);
  const growing = new Redaction([{ regex: 'x', replace: 'y'.repeat(1000) }]);
  expect(() => growing.apply('x'.repeat(10_000))).toThrow(TooLarge);
});

test.each([
  [[{ regex: '(?=x)' }], 'no valid RE2'],
  [[{ regex: 'x'.repeat(1001) }], 'more than 1000'],
  [Array.from({ length: 17 }, () => ({ regex: 'x' })), 'more than 16'],
])('settings that cannot be honoured are named: %#', (settingsGiven, words) => {
  expect(redactionProblems(settingsGiven).join()).toContain(words);
});

describe('through the gateway', () => {
  test('results, errors, resources, progress and log lines of a legacy server', async () => {
    const launch = stubLaunch({
      tools: ['say', 'big'].map(stubTool),
      rawResults: { say: `{"content":[{"type":"text","text":"${SECRET}"}],"_meta":{"portcullis/redacted":9}}` },
      bigOn: { tool: 'big', bytes: REDACTION_BUDGET },
      answers: { 'resources/read': { contents: [{ uri: 'x://y', text: SECRET }] } },
    });
    await using running = await runGateway(launch, { policy, ...observing });
    const session = await openSession(running);
    const said = await session.call('say');
    expect(said.text).not.toContain(SECRET);
    expect(said.json.result?.['_meta']).toEqual({ 'portcullis/redacted': 1 });
    expect(running.outcomes().at(-1)).toMatchObject({ outcome: 'ok', redacted: 1 });
    const resource = await session.post({ jsonrpc: '2.0', id: 7, method: 'resources/read', params: { uri: 'x://y' } });
    expect(resource.text).toContain('[redacted]');
    const big = await session.call('big');
    expect(big.json.error?.message).toContain('too large to be redacted');
    expect(running.outcomes().at(-1)).toMatchObject({ outcome: 'error' });
    expect(JSON.stringify([running.log, running.decisions(), running.outcomes()])).not.toContain(SECRET);
  });

  test.each([
    ['legacy', 'legacy'],
    ['legacy', 'modern'],
    ['modern', 'legacy'],
    ['modern', 'modern'],
  ] as const)('for a %s client of a %s server: the answer and the log', async (era, eras) => {
    const words = { settings: { ...settings, redact: [{ regex: 'A word' }, { regex: 'Echo' }] } };
    await using running = await runGateway(eraLaunch({ eras }), { policy, ...words });
    const heard: unknown[] = [];
    const client = await eraClient(httpTransport(running), {
      era,
      prepare: (each) =>
        each.setNotificationHandler('notifications/message', ({ params }) => void heard.push(params.data)),
    });
    const echo = await client.callTool({ name: 'echo', arguments: { message: 'x' } });
    expect(echo.content).toEqual([{ type: 'text', text: '[redacted]: x' }]);
    expect(echo._meta).toMatchObject({ 'portcullis/redacted': 1 });
    if (era === 'legacy') await client.setLoggingLevel('info');
    const _meta = era === 'modern' ? { 'io.modelcontextprotocol/logLevel': 'info' } : {};
    await client.callTool({ name: 'log', arguments: {}, _meta });
    await vi.waitFor(() => expect(heard).toEqual(['[redacted].']));
    await client.close();
  });
});
