/** A call that waits for approval, as a text to be read: everything that the gateway has told, uncut. */
import * as vscode from 'vscode';
import type { PendingCall } from '../../../server/src/protocol/approval.ts';
import { FOLD, foldLines } from '../views/foldLines.ts';

/** What the list of choices covers of a document: nothing may stand there. */
const COVERED = 7;

/** JSON with comments, so that arguments have their colours. What agents and servers say was escaped by the gateway. */
export function detailsOf(call: PendingCall): string {
  const empty = Array<string>(COVERED).fill('');
  return [...empty, ...chiefFacts(call), '', ...argumentsOf(call), '', ...otherFacts(call), ''].join('\n');
}

function argumentsOf({ arguments: text }: PendingCall): readonly string[] {
  if (text === '') return [`// ${vscode.l10n.t('The call has no arguments.')}`];
  const lines = foldLines(text.split('\n'));
  const isFolded = lines.some((line) => line.endsWith(FOLD));
  const note = isFolded ? [`// ${vscode.l10n.t('Lines that end in {0} go on below.', FOLD)}`] : [];
  return [`// ${vscode.l10n.t('All of its arguments:')}`, ...note, ...lines];
}

/** What a person looks at first. */
function chiefFacts({ tool, server, client, message, risk, category }: PendingCall): readonly string[] {
  const level = [risk, category].filter((word) => word !== '').join(', ');
  return [
    ...commented(vscode.l10n.t('Tool'), vscode.l10n.t('{0} of the server {1}', tool, server)),
    ...commented(vscode.l10n.t('Risk'), level === '' ? vscode.l10n.t('not known') : level),
    ...commented(
      vscode.l10n.t('Client'),
      client === '' ? vscode.l10n.t('(gave no name)') : vscode.l10n.t('{0} (says so itself)', client),
    ),
    ...commented(vscode.l10n.t('Policy'), message),
  ];
}

function otherFacts(call: PendingCall): readonly string[] {
  const { grant, session, rule, policyFile, policy, description } = call;
  const asked = vscode.l10n.t('{0}; denied at {1} unless you decide', clock(call.askedAt), clock(call.expiresAt));
  const task = call.asTask ? vscode.l10n.t('the server answers with a task, and goes on by itself') : '';
  return [
    ...commented(vscode.l10n.t('Task'), task),
    ...commented(vscode.l10n.t('Grant'), vscode.l10n.t('{0}, session {1}', grant, session)),
    ...commented(vscode.l10n.t('Rule'), rule),
    ...commented(vscode.l10n.t('File'), `${policyFile} (${policy})`),
    ...commented(vscode.l10n.t('Asked'), asked),
    ...commented(vscode.l10n.t('Server'), description),
  ];
}

/** Characters of a line, so that it can be read without scrolling. */
const WIDTH = 72;

/** Every line of a text stays behind the comment's mark; a text that is empty is left out. */
function commented(name: string, text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split(/\r\n|[\r\n]/).flatMap(wrap);
  return lines.map((line, index) => `// ${(index === 0 ? `${name}:` : '').padEnd(8)} ${line}`.trimEnd());
}

function wrap(line: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/[ \t]/)) {
    if (current !== '' && current.length + word.length >= WIDTH) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

const clock = (at: number): string => new Date(at).toLocaleTimeString();
