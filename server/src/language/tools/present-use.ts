/** What is used now of a policy's limits, in words: by whom, of how much, and when it frees up. */
import { limitCounting, untilInWords, type CompiledPolicy, type Restriction } from '../../policy/index.ts';
import type { CountedUse } from '../../protocol/limits.ts';
import { list, paragraph, type Block, type Inline } from '../document/prose.ts';

export interface PresentUse {
  readonly uses: readonly CountedUse[];
  /** Milliseconds since the epoch, when this is asked. */
  readonly now: number;
}

/** A limit by session may have hundreds of holders. */
const MAX_HOLDERS = 3;

/** Nothing where the rule is no limit. */
export function describeUse(
  { kind, rule }: Restriction,
  policy: CompiledPolicy,
  { uses, now }: PresentUse,
): readonly Block[] {
  if (kind !== 'limit' && kind !== 'rate_limit') return [];
  const held = uses.flatMap((use) => {
    const limit = limitCounting(policy, use.counter);
    return limit?.rule === rule ? [{ use, max: limit.max }] : [];
  });
  if (held.length === 0) return [paragraph({ bold: 'Used now: ' }, 'nothing.')];
  const most = held.toSorted((a, b) => Number(b.use.used) - Number(a.use.used)).slice(0, MAX_HOLDERS);
  const more = held.length > most.length ? [[`and ${held.length - most.length} more with less`]] : [];
  return [paragraph({ bold: 'Used now:' }), list(...most.map(({ use, max }) => item(use, max, now)), ...more)];
}

function item({ counter, grant, session, used, freesAt }: CountedUse, max: number, now: number): readonly Inline[] {
  const frees = typeof counter.window === 'number' ? 'the oldest call leaves' : 'begins anew';
  const amount = `${used} of ${max}; ${frees} ${untilInWords(freesAt - now)}`;
  return [...holder(counter, grant, session), amount];
}

/** A rate limit counts each tool for itself, also where a pattern or "all_tools" has it. */
function holder({ kind, counter }: CountedUse['counter'], grant?: string, session?: string): readonly Inline[] {
  const tool: readonly Inline[] = kind === 'rate' ? [{ code: counter }, ', '] : [];
  if (grant === undefined) return [...tool, 'all grants: '];
  return [...tool, { code: grant }, ...(session === undefined ? [] : [' in session ', { code: session }]), ': '];
}
