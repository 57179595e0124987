/** What the tree of tools is told: the most dangerous first, what the policy does, and nothing of a name that could deceive the eye. */
import { expect, test } from 'vitest';
import { toolStates } from '../../server/src/language/features/tool-states.ts';
import { compilePolicy } from '../../server/src/policy/index.ts';

const tool = (name: string) => ({ name, inputSchema: { type: 'object' } }) as const;
const catalog = {
  server: 'files',
  tools: [tool('read_file'), tool('delete_file'), tool('read_\u202Eelif')],
  readAt: 1,
  source: 'live',
} as const;
const compiled = compilePolicy('{"version":"1","default":"deny","hide":["delete_*"],"tools":{"read_file":{}}}');

test('by risk, with what the policy does', () => {
  const states = toolStates('files', catalog, compiled.ok ? compiled.policy : undefined);
  // What has a name that cannot be read is rated with care.
  expect(states.map(({ name, standing }) => [name, standing])).toEqual([
    ['delete_file', 'hidden'],
    ['read_\u202Eelif', 'unsafe'],
    ['read_file', 'allowed'],
  ]);
  expect(states.map(({ label }) => label).join()).not.toContain('\u202E');
});

test('without a policy every call is denied, and that is what it says', () => {
  for (const state of toolStates('files', catalog, undefined)) {
    expect(state).toMatchObject({ words: 'denied: no policy' });
    expect(state.standing).toBeUndefined();
  }
});
