/** What the status bar and the language status say of each state: text, colour, tooltip, and what a screen reader reads. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { GatewayStatus, PolicyStatus, ServerStatus } from '../../../server/src/protocol/control.ts';
import { liveState, type GatewayState } from '../../../client/src/gateway/state.ts';
import type { ServerInfo } from '../../../client/src/language/language.ts';
import { dressStatus } from '../../../client/src/language/status.ts';
import { dress, faceOf } from '../../../client/src/views/statusBar.ts';

const url = 'http://127.0.0.1:4000/files';
const quiet = { denied: 0, waiting: 0 };

function running(
  policy: PolicyStatus = {},
  more: Partial<ServerStatus> = {},
  held?: GatewayStatus['held'],
): GatewayState {
  const server = { name: 'files', url, state: 'ready', tools: { listed: 9, shown: 7 }, policy, ...more } as const;
  const status: GatewayStatus = { pid: 1, port: 4000, values: 'never', servers: [server], ...(held && { held }) };
  return liveState({ event: 'listening', port: 4000, servers: { files: { url } }, tokenFile: '' }, status);
}

const loosened = [{ about: 'pay', what: 'is allowed' }];
const held = { hash: 'h', loosened };

interface Case {
  readonly of: string;
  readonly state: GatewayState;
  readonly counts?: typeof quiet;
  readonly untrusted?: true;
  readonly text: string;
  readonly says: RegExp;
  readonly colour?: 'warning' | 'error';
}

const cases: readonly Case[] = [
  { of: 'a stopped gateway', state: { kind: 'stopped' }, text: '$(shield) Gateway off', says: /is stopped/ },
  { of: 'one that starts', state: { kind: 'starting' }, text: '$(loading~spin) Gateway', says: /is starting/ },
  { of: 'one that stops', state: { kind: 'stopping' }, text: '$(loading~spin) Gateway', says: /is stopping/ },
  {
    ...{ of: 'one that failed', state: { kind: 'failed', problem: 'No port is free.' } },
    ...{ text: '$(shield) Gateway failed', says: /No port is free\./, colour: 'error' },
  },
  {
    ...{ of: 'a workspace without trust', state: { kind: 'stopped' }, untrusted: true },
    ...{ text: '$(shield) Gateway off', says: /not trusted/ },
  },
  {
    of: 'one that runs',
    state: running(),
    text: '$(shield) Gateway on',
    says: /files: http.*\n7 tools shown to agents/,
  },
  {
    ...{ of: 'one that has denied calls', state: running(), counts: { denied: 3, waiting: 0 } },
    ...{ text: '$(shield) 3 denied', says: /files: http/ },
  },
  {
    ...{ of: 'calls that wait, before everything else', state: running({ problem: 'x', held }) },
    ...{ counts: { denied: 3, waiting: 2 }, text: '$(bell-dot) 2 to approve', says: /wait for your approval/ },
    colour: 'warning',
  },
  {
    ...{ of: 'an invalid policy', state: running({ problem: 'Line 3: "tools" stands twice.' }) },
    ...{ text: '$(warning) Policy invalid', says: /files: Line 3: "tools" stands twice\./, colour: 'warning' },
  },
  {
    ...{ of: 'an edit of a policy that waits', state: running({ problem: 'It lets through more.', held }) },
    ...{ text: '$(warning) Policy edit waits', says: /It lets through more\./, colour: 'warning' },
  },
  {
    ...{ of: 'an edit of the configuration that waits' },
    state: running({}, {}, [{ ...held, what: 'configuration', file: '/w/portcullis.json' }]),
    ...{ text: '$(warning) Configuration edit waits', says: /portcullis\.json\npay: is allowed/, colour: 'warning' },
  },
  {
    ...{ of: 'a server that cannot be reached', state: running({}, { state: 'degraded', problem: 'It has ended.' }) },
    ...{ text: '$(warning) Server unreachable', says: /files: It has ended\./ },
  },
  {
    ...{ of: 'observe mode', state: running({ isObserved: true }) },
    ...{ text: '$(eye) Not enforcing', says: /observe mode: its policy is not enforced/, colour: 'warning' },
  },
];

describe('the status bar', () => {
  const item = vscode.window.createStatusBarItem('portcullis.test', vscode.StatusBarAlignment.Left, 0);
  after(() => item.dispose());

  for (const { of, state, counts = quiet, untrusted, text, says, colour } of cases) {
    it(`says of ${of}: ${text}`, () => {
      const { tooltip, ...face } = faceOf(state, counts, untrusted === undefined);
      dress(item, { tooltip, ...face });
      assert.equal(item.text, text);
      assert.equal(item.tooltip, tooltip);
      assert.match(tooltip, says);
      assert.equal(colourOf(item), colour && `statusBarItem.${colour}Background`);
      const { label } = item.accessibilityInformation ?? {};
      assert.equal(label, `Portcullis: ${text.replace(/^\S+ /, '')}. ${tooltip}`);
    });
  }
});

describe('the language status of a policy', () => {
  const item = vscode.languages.createLanguageStatusItem('portcullis.test', { pattern: '**/none' });
  after(() => item.dispose());

  const { Error, Information, Warning } = vscode.LanguageStatusSeverity;
  const shown = (tools: ServerInfo['tools']): readonly unknown[] => {
    dressStatus(item, { name: 'files', transport: 'stdio', tools });
    return [item.text, item.detail, item.severity, item.busy, item.command?.title];
  };

  it('warns where no server is paired with it', () => {
    dressStatus(item, undefined);
    assert.deepEqual([item.text, item.severity, item.busy, item.command], ['No MCP server', Warning, false, undefined]);
  });

  it('says how the tools are known, and how to read them again', () => {
    const again = 'Refresh Tools';
    const live = ['files: 3 tools', 'read from the running server', Information, false, again];
    assert.deepEqual(shown({ state: 'live', count: 3 }), live);
    assert.deepEqual(shown({ state: 'snapshot', count: 3 }), [
      'files: 3 tools',
      'saved list',
      Information,
      false,
      again,
    ]);
    assert.deepEqual(shown({ state: 'listing' }), ['files', 'reading the tool list', Information, true, again]);
    assert.deepEqual(shown({ state: 'unknown' }), ['files', 'not read yet', Information, false, again]);
    const failed = shown({ state: 'failed', problem: 'It has ended.' });
    assert.deepEqual(failed, ['files', 'It has ended.', Error, false, 'Try Again']);
  });
});

const colourOf = ({ backgroundColor }: vscode.StatusBarItem): string | undefined => backgroundColor?.id;
