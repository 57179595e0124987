/** A person's review of one server's tools: what is shown, and what of it is accepted. What has changed since it was shown is not accepted. */
import {
  acceptChanges,
  escapeUntrusted,
  lockServer,
  namesTwice,
  readableTool,
  changedTools,
  type LockedServer,
  type Tool,
  type ToolChange,
} from '../../catalog/index.ts';
import { sha256 } from '../../mcp/index.ts';
import type { AcceptToolsRequest, ReviewedChange, ToolReview } from '../../protocol/review.ts';
import type { ToolLock } from './toolLock.ts';

/** One server, as the lock and the gateway know it. */
export interface ReviewSubject {
  readonly lock: ToolLock;
  readonly server: string;
  /** Digest of how it is started or reached now. */
  readonly definition: string;
  /** What it lists; `undefined`: not known, so nothing can be said of tools. */
  readonly tools: readonly Tool[] | undefined;
}

interface Standing {
  readonly before: LockedServer | undefined;
  readonly now: LockedServer;
  readonly changes: readonly ToolChange[];
  readonly isMoved: boolean;
}

export function reviewOf(subject: ReviewSubject): ToolReview {
  const { now, changes, isMoved } = standingOf(subject);
  return {
    server: subject.server,
    ...(isMoved ? { definition: now.definition } : {}),
    changes: changes.map(shownChange),
    twice: namesTwice(subject.tools ?? []).map((name) => escapeUntrusted(name)),
  };
}

/** Returns why nothing was accepted, for people. Throws `StateError` and what writing a file throws. */
export function acceptReviewed(subject: ReviewSubject, request: AcceptToolsRequest): string | undefined {
  const { before, now, changes, isMoved } = standingOf(subject);
  const chosen = request.tools.map(({ name, hash }) =>
    changes.find((change) => change.name === name && (change.after?.hash ?? '') === hash),
  );
  const accepted = chosen.filter((change) => change !== undefined);
  if (accepted.length < chosen.length || (request.definition ?? now.definition) !== now.definition)
    return 'The tools have changed since they were shown, so nothing was accepted. Review them again.';
  if (accepted.length === 0 && !(isMoved && request.definition !== undefined)) return 'Nothing was chosen.';
  const pinned = acceptChanges(before, now, { changes: accepted, definition: request.definition !== undefined });
  return subject.lock.accept(subject.server, pinned);
}

function standingOf({ lock, server, definition, tools }: ReviewSubject): Standing {
  const before = lock.current().servers.get(server);
  const isMoved = before !== undefined && before.definition !== definition;
  const now = tools ? lockServer(definition, tools, sha256) : { definition, tools: before?.tools ?? new Map() };
  return { before, now, changes: changedTools(before, now), isMoved };
}

function shownChange({ kind, name, before, after, fields, hidden }: ToolChange): ReviewedChange {
  const former = kind === 'renamed' && before ? { former: escapeUntrusted(before.definition.name) } : {};
  return {
    kind,
    name,
    label: escapeUntrusted(name),
    ...former,
    fields: fields.map((field) => escapeUntrusted(field)),
    hidden: hidden.map((character) => escapeUntrusted(character)),
    before: readableTool(before?.definition),
    after: readableTool(after?.definition),
    hash: after?.hash ?? '',
  };
}
