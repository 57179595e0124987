/** What is shown of a call, in the user's words. Values of arguments are not among it. */
import { l10n } from 'vscode';
import { visible } from '../visible.ts';
import type { CallDetails } from './messages.ts';
import type { Call } from './model.ts';

type Field = CallDetails['fields'][number];

export function detailsOf(call: Call): CallDetails {
  const fields = [...decisionFields(call), ...callFields(call), ...endFields(call), ...recordFields(call)];
  const told = fields.filter(({ value }) => value !== '');
  return { id: call.id, fields: told.map((field) => ({ ...field, value: visible(field.value) })) };
}

const code = (label: string, value: string): Field => ({ label, value, isCode: true });

function decisionFields({ rule, message, policy }: Call): readonly Field[] {
  return [
    { label: l10n.t('Message'), value: message },
    code(l10n.t('Rule'), rule),
    code(l10n.t('Policy version'), policy),
  ];
}

function callFields(call: Call): readonly Field[] {
  const names = call.argKeys.join(', ');
  return [
    code(l10n.t('Tool'), call.tool),
    code(l10n.t('Server'), call.server),
    { label: l10n.t('Arguments, without their values'), value: names === '' ? l10n.t('none') : names, isCode: true },
    { label: l10n.t('Risk'), value: [call.risk, call.category].filter((word) => word !== '').join(' · ') },
    { label: l10n.t('Client'), value: call.client },
    { label: l10n.t('Grant'), value: call.grant },
    code(l10n.t('Session'), call.session),
  ];
}

function endFields({ outcome, end, latencyMs }: Call): readonly Field[] {
  if (outcome === undefined) return [];
  const answered = [end?.approver, end?.choice].filter((word) => word !== undefined).join(', ');
  const redacted = end?.redacted === undefined ? '' : String(end.redacted);
  return [
    { label: l10n.t('Outcome'), value: outcome },
    { label: l10n.t('Latency'), value: latencyMs === undefined ? '' : l10n.t('{0} ms', latencyMs.toFixed(1)) },
    { label: l10n.t('Answered by'), value: answered },
    { label: l10n.t('Places redacted in the answer'), value: redacted },
  ];
}

function recordFields({ at, seq, hash, id }: Call): readonly Field[] {
  return [
    { label: l10n.t('Time'), value: new Date(at).toISOString() },
    code(l10n.t('Record'), `#${String(seq)} · ${id}`),
    code(l10n.t('Hash in the chain'), hash),
  ];
}
