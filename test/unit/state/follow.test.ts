import { describe, expect, it } from 'vitest';
import { followAudit, openExistingState, openState, type AuditLog } from '../../../server/src/state/index.ts';
import { makeFolder } from '../../support/folder.ts';
import { decided } from './records.ts';

describe('following the audit log', () => {
  it('yields what is there, then what another connection writes, until it is aborted', async () => {
    await using folder = await makeFolder();
    const writer = openState(folder.path);
    for (let index = 0; index < 3; index++) writer.audit.append(decided());
    const reader = openExistingState(folder.path);
    const abort = new AbortController();

    const seen: number[] = [];
    for await (const { seq } of followAudit(reader.audit, { after: 1 }, { signal: abort.signal, interval: 1 })) {
      seen.push(seq);
      if (seq === 3) setImmediate(() => writer.audit.append(decided()));
      if (seq === 4) abort.abort();
    }

    expect(seen).toEqual([2, 3, 4]);
    await reader.close();
    await writer.close();
  });

  it('ends at once when it is aborted while nothing happens', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const records = followAudit(state.audit, {}, { signal: AbortSignal.timeout(5), interval: 1e9 });

    expect(await records.next()).toEqual({ done: true, value: undefined });
    await state.close();
  });

  it('reads a long log in parts, and does not look again at what a filter left out', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    for (let index = 0; index < 1_203; index++) state.audit.append(decided({ tool: index % 2 === 0 ? 'even' : 'odd' }));
    const reads: unknown[] = [];
    const log: Pick<AuditLog, 'read' | 'newest'> = {
      newest: () => state.audit.newest(),
      read(query) {
        reads.push(query.after);
        return state.audit.read(query);
      },
    };
    const abort = new AbortController();

    let count = 0;
    for await (const { seq } of followAudit(log, { tool: 'even' }, { signal: abort.signal, interval: 1 })) {
      count++;
      if (seq === 1_203) setImmediate(() => state.audit.append(decided({ tool: 'even' })));
      if (seq === 1_204) abort.abort();
    }

    expect(count).toBe(603);
    expect(reads).toEqual([0, 999, 1_203]);
    await state.close();
  });
});
