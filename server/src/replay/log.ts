/** Replays a log page by page, so that whoever asks can pause between pages, or stop. Reads nothing itself: the log is passed in. */
import type { CompiledPolicy } from '../policy/index.ts';
import type { AuditRecord } from '../protocol/audit.ts';
import type { KeptValues } from '../protocol/values.ts';
import { Replay, type Replayed } from './replay.ts';

export interface RecordedCalls {
  /** The oldest `first` records with a greater `seq` than `after`. */
  read(query: { readonly after: number; readonly first: number }): readonly AuditRecord[];
  /** What was kept of the arguments of these decisions, by their ids. */
  values(ids: readonly string[]): ReadonlyMap<string, KeptValues>;
}

export interface ReplayOptions {
  readonly server: string;
  /** Labels of grants that have policies of their own: their calls are no matter of this one. */
  readonly ownPolicies: ReadonlySet<string>;
  /** Milliseconds since the epoch: older calls are played, since limits count them, and not shown. */
  readonly since: number;
}

/** Records in a page: played within a few milliseconds, since whoever types waits for as many pages as a request has steps. */
const PAGE = 100;

export function* replayLog(
  log: RecordedCalls,
  policy: CompiledPolicy,
  { server, ownPolicies, since }: ReplayOptions,
): Generator<readonly Replayed[], void, undefined> {
  let replay: Replay | undefined;
  for (let after = 0; ;) {
    const page = log.read({ after, first: PAGE });
    replay ??= new Replay(policy, (page[0]?.seq ?? 1) === 1);
    const own = page.filter(
      (each) => each.kind !== 'decision' || (each.server === server && !ownPolicies.has(each.grant)),
    );
    const values = log.values(own.flatMap((each) => (each.kind === 'decision' ? [each.id] : [])));
    const played = own.flatMap((each) => replay?.play(each, values.get(each.kind === 'decision' ? each.id : '')) ?? []);
    yield played.filter(({ record }) => Date.parse(record.at) >= since);
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) return;
  }
}
