/**
 * Remembers what was found in the entries of a policy, so that after a keystroke only those are examined that changed.
 * It rests on what `Rule.local` says: the findings of such rules in one entry follow from the text of that entry and the tools alone. Their
 * fixes do not, for they write into the document around it: they are worked out anew for whoever asks.
 */
import type { Catalog } from '../catalog/tool.ts';
import { compiledAs, type CompiledEntry, type CompiledPolicy, type NameIndex } from '../policy/index.ts';
import { firstIndex } from '../policy/json/members.ts';
import { movedSpan } from '../policy/json/moved.ts';
import type { Finding } from './finding.ts';
import { aboutOf, withLateFixes, type About } from './late-fixes.ts';
import type { Subject } from './rule.ts';

/** What findings depend on beside an entry's text; another one of any of these, and everything is examined again. */
interface Circumstances {
  readonly catalog: Catalog | undefined;
  readonly reviewed: Catalog | undefined;
  /** The rules that look, and what else they are told. */
  readonly rules: string;
}

interface Examined {
  /** Where the entry stood. */
  readonly start: number;
  readonly found: readonly About[];
}

type Check = (subject: Subject) => readonly Finding[];

/** One for each document, beside the `CompileMemory` that its policies are compiled with: entries are known by what they were compiled to. */
export class AnalysisMemory {
  #circumstances: Circumstances = { catalog: undefined, reviewed: undefined, rules: '' };
  #examined = new WeakMap<CompiledEntry, Examined>();

  /** The findings of local rules, as `check` makes them of a policy: asked for the entries only that are new or changed. `rules` names the rules. */
  examine(subject: Subject, rules: string, check: Check): readonly Finding[] {
    this.#enter({ catalog: subject.tools?.catalog, reviewed: subject.reviewed?.catalog, rules });
    const { policy } = subject;
    const [kept, changed]: [Finding[], CompiledEntry[]] = [[], []];
    for (const entry of [...policy.tools.exact.values(), ...policy.tools.patterns]) {
      const known = this.#examined.get(compiledAs(entry));
      if (known === undefined) changed.push(entry);
      else if (known.found.length > 0) kept.push(...foundAgain(known, entry, subject, check));
    }
    const found = check({ ...subject, policy: withEntries(policy, changed) });
    this.#remember(changed, found);
    return [...found, ...kept];
  }

  #enter(now: Circumstances): void {
    const before = this.#circumstances;
    if (before.catalog === now.catalog && before.reviewed === now.reviewed && before.rules === now.rules) return;
    this.#circumstances = now;
    this.#examined = new WeakMap();
  }

  #remember(entries: readonly CompiledEntry[], found: readonly Finding[]): void {
    const sorted = found.toSorted((a, b) => a.span.start - b.span.start);
    for (const entry of entries) {
      const from = firstIndex(sorted, ({ span }) => span.start >= entry.keySpan.start);
      const to = firstIndex(sorted, ({ span }) => span.start >= entry.end);
      this.#examined.set(compiledAs(entry), { start: entry.start, found: sorted.slice(from, to).map(aboutOf) });
    }
  }
}

/** What was found in an entry, where it stands now. */
function foundAgain(known: Examined, entry: CompiledEntry, subject: Subject, check: Check): readonly Finding[] {
  const by = entry.start - known.start;
  let again: readonly Finding[] | undefined;
  const examineAgain = (): readonly Finding[] =>
    (again ??= check({ ...subject, policy: withEntries(subject.policy, [entry]) }));
  return known.found.map((about) => {
    const now = movedFinding(about, by);
    return withLateFixes(now, () => examineAgain().find((each) => isSame(each, now))?.fixes ?? []);
  });
}

function movedFinding(about: About, by: number): About {
  const related = about.related?.map(({ span, message }) => ({ span: movedSpan(span, by), message }));
  return { ...about, span: movedSpan(about.span, by), ...(related && { related }) };
}

function isSame(a: Finding, b: About): boolean {
  return a.code === b.code && a.span.start === b.span.start && a.span.end === b.span.end && a.message === b.message;
}

/** The same document with its other entries passed over: the tree and the text stay whole, because fixes are made from them. */
function withEntries(policy: CompiledPolicy, entries: readonly CompiledEntry[]): CompiledPolicy {
  const tools: NameIndex<CompiledEntry> = {
    exact: new Map(
      entries.flatMap((entry) => (policy.tools.exact.has(entry.key) ? [[entry.key, entry] as const] : [])),
    ),
    patterns: entries.filter(({ key }) => !policy.tools.exact.has(key)),
  };
  const { source, root, server, default: byDefault, hide, allTools } = policy;
  return {
    source,
    root,
    // Computed when asked for, and no rule asks.
    get hash() {
      return policy.hash;
    },
    ...(server !== undefined && { server }),
    default: byDefault,
    hide,
    tools,
    ...(allTools && { allTools }),
  };
}
