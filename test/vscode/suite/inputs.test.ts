import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatedApp } from './host.ts';

const question = { id: 'api-key', server: 'files', password: true, default: 'from the person' };

describe('answers to ${input:…}', () => {
  afterEach(async () => void (await (await activatedApp()).inputs.forget()));

  it('are asked for once and kept', async () => {
    const { inputs } = await activatedApp();
    const asked = inputs.resolve(question);
    await accepted(asked);
    assert.deepEqual(await asked, { value: 'from the person' });
    assert.deepEqual(await inputs.resolve(question), { value: 'from the person' });
    assert.deepEqual(await inputs.all(), { 'api-key': 'from the person' });
  });

  it('are forgotten on demand', async () => {
    const { inputs } = await activatedApp();
    const asked = inputs.resolve(question);
    await accepted(asked);
    assert.equal(await inputs.forget(), 1);
    assert.deepEqual(await inputs.all(), {});
  });
});

/** Presses Enter until the question is answered: its box takes a moment to open. */
async function accepted(asked: Promise<unknown>): Promise<void> {
  let isOpen = true;
  void asked.finally(() => (isOpen = false));
  while (isOpen) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}
