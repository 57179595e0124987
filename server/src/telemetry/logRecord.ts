/**
 * Audit records as OpenTelemetry logs. Names of attributes are those of OpenTelemetry's conventions for MCP where they exist. Pure; holds
 * no more than the record does, which has no argument values.
 */
import { SeverityNumber, type Attributes, type LogRecord } from '@opentelemetry/api';
import type { AcceptanceRecord, AuditRecord, DecisionRecord, OutcomeRecord } from '../protocol/audit.ts';

export const SCOPE = 'portcullis.audit';

export function logRecordOf(record: AuditRecord): LogRecord {
  const { isBad, body, attributes } = partsOf(record);
  return {
    timestamp: new Date(record.at),
    eventName: `portcullis.${record.kind}`,
    severityNumber: isBad ? SeverityNumber.WARN : SeverityNumber.INFO,
    severityText: isBad ? 'WARN' : 'INFO',
    body,
    attributes: { ...chainOf(record), ...attributes },
  };
}

interface Parts {
  readonly isBad: boolean;
  readonly body: string;
  readonly attributes: Attributes;
}

function partsOf(record: AuditRecord): Parts {
  switch (record.kind) {
    case 'decision':
      return {
        isBad: record.decision === 'deny',
        body: `${record.decision} ${record.server} ${record.tool}`,
        attributes: decisionOf(record),
      };
    case 'outcome':
      return {
        isBad: record.outcome !== 'ok' && record.outcome !== 'approved',
        body: `${record.outcome} ${record.of}`,
        attributes: outcomeOf(record),
      };
    case 'acceptance':
      return { isBad: false, body: `accepted ${record.what} ${record.server}`, attributes: acceptanceOf(record) };
  }
}

/** With these, a copy held elsewhere shows whether the local chain was rewritten since. */
function chainOf({ seq, prev, hash }: AuditRecord): Attributes {
  return { 'portcullis.seq': seq, 'portcullis.prev': prev, 'portcullis.hash': hash };
}

function decisionOf(record: DecisionRecord): Attributes {
  return {
    'mcp.method.name': record.method,
    'mcp.session.id': record.session,
    'gen_ai.tool.name': record.tool,
    'portcullis.id': record.id,
    'portcullis.server': record.server,
    'portcullis.grant': record.grant,
    'portcullis.client': record.client,
    'portcullis.decision': record.decision,
    'portcullis.rule': record.rule,
    'portcullis.message': record.message,
    'portcullis.policy': record.policy,
    'portcullis.arguments.names': [...record.argKeys],
    'portcullis.arguments.hmac': record.argsHmac,
    'portcullis.category': record.category,
    'portcullis.risk': record.risk,
  };
}

function outcomeOf({ of, outcome, latencyMs, approver, choice }: OutcomeRecord): Attributes {
  return {
    'portcullis.id': of,
    'portcullis.outcome': outcome,
    ...(latencyMs !== undefined && { 'portcullis.latency': latencyMs }),
    ...(approver !== undefined && { 'portcullis.approver': approver }),
    ...(choice !== undefined && { 'portcullis.choice': choice }),
  };
}

function acceptanceOf({
  what,
  server,
  file,
  before,
  after,
  loosened,
  more = 0,
  approver,
}: AcceptanceRecord): Attributes {
  return {
    'portcullis.accepted.what': what,
    'portcullis.server': server,
    'portcullis.accepted.file': file,
    'portcullis.accepted.before': before,
    'portcullis.accepted.after': after,
    'portcullis.accepted.loosened': loosened.map((each) => `${each.about}: ${each.what}`),
    'portcullis.accepted.more': more,
    'portcullis.approver': approver,
  };
}
