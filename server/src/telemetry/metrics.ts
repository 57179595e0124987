/** What is counted of the records. Nothing that an agent can name is an attribute: a thousand made-up tools must not become a thousand series. */
import type { Meter } from '@opentelemetry/api';
import type { AuditRecord } from '../protocol/audit.ts';

export function meterRecords(meter: Meter): (record: AuditRecord) => void {
  const decisions = meter.createCounter('portcullis.decisions', {
    unit: '{decision}',
    description: 'Decisions on calls.',
  });
  const outcomes = meter.createCounter('portcullis.outcomes', { unit: '{call}', description: 'How calls ended.' });
  const acceptances = meter.createCounter('portcullis.acceptances', {
    unit: '{acceptance}',
    description: 'Looser contents that a person has accepted.',
  });
  const latency = meter.createHistogram('portcullis.call.duration', {
    unit: 's',
    description: 'From the decision to the answer of the server.',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60] },
  });
  return (record) => {
    if (record.kind === 'decision') {
      const { server, decision, category, risk } = record;
      decisions.add(1, { server, decision, category, risk });
      return;
    }
    if (record.kind === 'acceptance') {
      acceptances.add(1, { what: record.what, approver: record.approver });
      return;
    }
    const { outcome, latencyMs } = record;
    outcomes.add(1, { outcome });
    if (latencyMs !== undefined) latency.record(latencyMs / 1_000, { outcome });
  };
}
