/** Accepts looser content in a person's name: on record first and then kept, so that nothing takes effect without evidence. */
import type { Loosening } from '../../comparison/index.ts';
import { sha256 } from '../../mcp/index.ts';
import type { Decider } from '../../protocol/approval.ts';
import type { AcceptedContent, AcceptedStore, AcceptedSubject, AuditLog } from '../../state/ports.ts';

export interface AcceptanceStore {
  readonly accepted: AcceptedStore;
  readonly audit: Pick<AuditLog, 'append'>;
}

export interface Acceptance {
  readonly subject: AcceptedSubject;
  readonly content: AcceptedContent & { readonly text: string };
  /** What it lets through, as the person has seen it. */
  readonly loosened: readonly Loosening[];
  readonly approver: Decider;
}

/** A record is one line: whoever edits a file must not make it as long as they like. */
const MOST_LOOSENED = 100;

/** Throws `StateError`: then nothing has changed. */
export function accept(
  { accepted, audit }: AcceptanceStore,
  { subject, content, loosened, approver }: Acceptance,
): void {
  const before = textBefore(accepted, subject);
  const more = loosened.length - MOST_LOOSENED;
  audit.append({
    kind: 'acceptance',
    what: subject.kind,
    server: subject.server,
    file: content.file,
    before: before === null ? '' : sha256(before),
    after: sha256(content.text),
    loosened: loosened.slice(0, MOST_LOOSENED).map(({ about, what }) => ({ about, what })),
    ...(more > 0 ? { more } : {}),
    approver,
  });
  accepted.accept(subject, content);
}

/** What cannot be read was not in force. */
function textBefore(accepted: AcceptedStore, subject: AcceptedSubject): string | null {
  try {
    return accepted.read(subject)?.text ?? null;
  } catch {
    return null;
  }
}
