/** An editor as the gateway knows it: it listens on the control channel, sees what waits for approval, and decides. */
import http from 'node:http';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import type { Choice, DecideAnswer, PendingCall } from '../../../server/src/protocol/approval.ts';
import { controlRoutes, type ControlEvent } from '../../../server/src/protocol/control.ts';
import { CONTROL_TOKEN } from './running.ts';

export interface TestEditor extends Disposable {
  /** What waits, as it was told last. */
  waiting(): readonly PendingCall[];
  /** Resolves once so many calls wait. */
  sees(count?: number): Promise<readonly PendingCall[]>;
  decide(call: PendingCall | undefined, choice: Choice, message?: string): Promise<DecideAnswer>;
  close(): void;
}

export async function openEditor({ port }: { readonly port: number }): Promise<TestEditor> {
  const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
  let calls: readonly PendingCall[] = [];
  const request = http.get({ host: '127.0.0.1', port, path: controlRoutes.events, headers });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  response.on('error', () => undefined);
  const first = new Promise<void>((resolve) => {
    const lines = createInterface({ input: response }).on('error', () => undefined);
    lines.on('line', (line) => {
      const event = JSON.parse(line) as ControlEvent;
      if (event.event !== 'approvals') return;
      calls = event.calls;
      resolve();
    });
  });
  await first;
  const close = (): void => void request.destroy();
  return {
    waiting: () => calls,
    async sees(count = 1) {
      await expect.poll(() => calls.length, { timeout: 10_000, interval: 10 }).toBe(count);
      return calls;
    },
    async decide(call, choice, message) {
      const body = JSON.stringify({ id: call?.id ?? 'none', choice, message });
      const answer = await fetch(`http://127.0.0.1:${port}${controlRoutes.decide}`, { method: 'POST', headers, body });
      return (await answer.json()) as DecideAnswer;
    },
    close,
    [Symbol.dispose]: close,
  };
}
