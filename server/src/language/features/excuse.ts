/** Excusing a finding: the action that asks the editor for the reason, and the entry of portcullis.json that comes of it. */
import type { CodeAction } from 'vscode-languageserver';
import type { Finding } from '../../analysis/finding.ts';
import { isExcusable, type Excuse } from '../../analysis/index.ts';
import { addItems, addMembers } from '../../policy/changes.ts';
import { pointerAt, readJson, type JsonObject, type TextChange } from '../../policy/index.ts';
import type { ExcuseTarget } from '../../protocol/language.ts';
import type { Span } from '../../policy/json/node.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import { askingAction, touched } from './code-actions.ts';

/**
 * One for each finding at the selection that may be excused; none while the document is no policy, for then places in it are uncertain.
 * @param command - The editor's command that asks for the reason.
 */
export function excuseActions(view: PolicyView, selection: Span, tools: KnownTools, command: string): CodeAction[] {
  const { policy } = view;
  if (policy === undefined) return [];
  const excusable = touched(view.findings(tools), selection).filter(({ code }) => isExcusable(code));
  return excusable.map((finding) => {
    const target: ExcuseTarget = {
      policyUri: view.uri,
      code: finding.code,
      at: pointerAt(policy.root, finding.span.start),
    };
    return askingAction(finding, view, { title: title(finding), command, arguments: [target] });
  });
}

function title({ code }: Finding): string {
  return `Excuse this finding (${code})…`;
}

export type Excusing =
  | { readonly ok: true; readonly changes: readonly TextChange[] }
  /** Why it cannot be written, for people. */
  | { readonly ok: false; readonly problem: string };

/** @param text - Of portcullis.json; empty for one that is to be made. */
export function excuseChanges(text: string, excuse: Excuse & { readonly policy: string }): Excusing {
  const entry = { policy: excuse.policy, code: excuse.code, at: excuse.at, reason: excuse.reason };
  if (text.trim() === '')
    return { ok: true, changes: [{ span: { start: 0, end: text.length }, text: newFile(entry) }] };
  const reading = readJson(text);
  if (!reading.ok || reading.root.kind !== 'object')
    return { ok: false, problem: 'portcullis.json is no valid JSON object. Mend it first, then excuse the finding.' };
  const change = added(text, reading.root, entry);
  return change === undefined
    ? { ok: false, problem: 'In portcullis.json, "excused" is no list. Mend it first, then excuse the finding.' }
    : { ok: true, changes: [change] };
}

function added(text: string, root: JsonObject, entry: object): TextChange | undefined {
  const excused = root.members.get('excused')?.value;
  if (excused === undefined) return addMembers(text, root, [['excused', [entry]]]);
  return excused.kind === 'array' ? addItems(text, excused, [entry]) : undefined;
}

function newFile(entry: object): string {
  return `${JSON.stringify({ excused: [entry] }, undefined, 2)}\n`;
}
