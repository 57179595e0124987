import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { openState } from '../../../server/src/state/index.ts';
import schema from '../../../schemas/audit-event.schema.json' with { type: 'json' };
import { makeFolder } from '../../support/folder.ts';
import { accepted, decided, ended } from './records.ts';

const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

describe('audit-event.schema.json', () => {
  it('describes the records that the log writes', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const decisions = (['allow', 'deny', 'pending', 'wouldDeny'] as const).map((decision) =>
      decided({ decision, id: decision }),
    );
    const outcomes = (['approved', 'refused', 'expired', 'ok', 'error', 'unknown'] as const).map((outcome) =>
      ended('allow', { outcome, approver: 'editor', choice: 'once' }),
    );
    for (const entry of [
      ...decisions,
      ...outcomes,
      decided({ policy: '', category: '', risk: '', argsHmac: '', argKeys: [] }),
      ...(['policy', 'grant-policy', 'lock', 'configuration'] as const).map((what) => accepted({ what })),
      accepted({ before: '', server: '', more: 3, approver: 'shell' }),
    ]) {
      state.audit.append(entry);
    }

    for (const record of state.audit.read({})) {
      expect(validate(record) ? [] : validate.errors).toEqual([]);
    }
    await state.close();
  });

  it('accepts nothing else', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    const record = state.audit.append(decided());

    for (const wrong of [
      { hash: 'x' },
      { seq: 0 },
      { decision: 'maybe' },
      { at: 'today' },
      { arguments: { path: '/etc' } },
      { kind: 'outcome' },
    ]) {
      expect(validate({ ...record, ...wrong }), JSON.stringify(wrong)).toBe(false);
    }
    await state.close();
  });
});
