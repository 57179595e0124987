/** Several sessions on one upstream: each hears what it asked for. */
import { expect, test } from 'vitest';
import { SharedTraffic } from '../../server/src/gateway/upstream/sharedTraffic.ts';

const log = (level: string) => ({ jsonrpc: '2.0', method: 'notifications/message', params: { level } }) as const;
const updated = (uri: string) =>
  ({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri } }) as const;

test('the server is asked for the least severe level that anyone wants, and everyone gets the own one', () => {
  const traffic = new SharedTraffic<string>();
  expect(traffic.setLevel('ann', 'error')).toBe('error');
  expect(traffic.setLevel('bob', 'info')).toBe('info');
  expect(traffic.isFor('ann', log('warning'))).toBe(false);
  expect(traffic.isFor('ann', log('alert'))).toBe(true);
  expect(traffic.isFor('bob', log('warning'))).toBe(true);
  expect(traffic.isFor('cid', log('debug'))).toBe(true);
  expect(traffic.setLevel('ann', 'loud')).toBeUndefined();
});

test('a session keeps at most 1,000 subscriptions, each of bounded length', () => {
  const traffic = new SharedTraffic<string>();
  for (let n = 0; n < 1_000; n++) traffic.subscribe('ann', `x:${n}/`);
  expect(traffic.problemOfSubscribing('ann', 'x:999/')).toBeUndefined();
  expect(traffic.problemOfSubscribing('ann', 'x:new/')).toContain('1000 subscriptions');
  traffic.subscribe('ann', 'x:new/');
  expect(traffic.isFor('ann', updated('x:new/'))).toBe(false);
  expect(traffic.problemOfSubscribing('bob', 'x:new/')).toBeUndefined();
  expect(traffic.problemOfSubscribing('bob', 'x'.repeat(10_000))).toContain('longer than 8192');
});

test('updates go to subscribers, and the server is told of the last one that leaves', () => {
  const traffic = new SharedTraffic<string>();
  traffic.subscribe('ann', 'file:///a');
  traffic.subscribe('bob', 'file:///a');
  expect(traffic.isFor('ann', updated('file:///a/b'))).toBe(true);
  expect(traffic.isFor('cid', updated('file:///a'))).toBe(false);
  expect(traffic.unsubscribe('ann', 'file:///a')).toBe(false);
  expect(traffic.isFor('ann', updated('file:///a'))).toBe(false);
  traffic.forget('bob');
  expect(traffic.unsubscribe('bob', 'file:///a')).toBe(true);
});
