/**
 * Remembers which entries of a policy nothing was found in, so that after a keystroke only those are examined that changed.
 * It rests on what `Rule.local` says: the findings of such rules in one entry follow from the text of that entry and the tools alone.
 */
import type { Catalog } from '../catalog/tool.ts';
import type { CompiledEntry, CompiledPolicy, NameIndex } from '../policy/index.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './rule.ts';

/** What findings depend on beside an entry's text; another one of any of these, and everything is examined again. */
interface Circumstances {
  readonly catalog: Catalog | undefined;
  readonly reviewed: Catalog | undefined;
  /** The rules that look, and what else they are told. */
  readonly rules: string;
}

/** One for each document; it holds no more than the texts of that document's entries. */
export class AnalysisMemory {
  #circumstances: Circumstances = { catalog: undefined, reviewed: undefined, rules: '' };
  #sound: ReadonlyMap<string, string> = new Map<string, string>();

  /** The findings of local rules, as `check` makes them of a policy: asked for the entries only that may have any. `rules` names the rules. */
  examine(subject: Subject, rules: string, check: (subject: Subject) => readonly Finding[]): readonly Finding[] {
    this.#enter({ catalog: subject.tools?.catalog, reviewed: subject.reviewed?.catalog, rules });
    const { policy } = subject;
    const [kept, examined]: [string[], CompiledEntry[]] = [[], []];
    for (const entry of [...policy.tools.exact.values(), ...policy.tools.patterns]) {
      const known = this.#sound.get(textOf(policy, entry));
      if (known === undefined) examined.push(entry);
      else kept.push(known);
    }
    const found = check({ ...subject, policy: withEntries(policy, examined) });
    const sound = withoutFindings(examined, found).map((entry) => ownCopy(textOf(policy, entry)));
    this.#sound = new Map([...kept, ...sound].map((text) => [text, text]));
    return found;
  }

  #enter(now: Circumstances): void {
    const before = this.#circumstances;
    if (before.catalog === now.catalog && before.reviewed === now.reviewed && before.rules === now.rules) return;
    this.#circumstances = now;
    this.#sound = new Map();
  }
}

function textOf({ source }: CompiledPolicy, { keySpan, end }: CompiledEntry): string {
  return source.slice(keySpan.start, end);
}

/** The part of a text that V8 keeps holds on to the whole, here to every version of a document. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

/** The same document with its other entries passed over: the tree and the text stay whole, because fixes are made from them. */
function withEntries(policy: CompiledPolicy, entries: readonly CompiledEntry[]): CompiledPolicy {
  const wanted = new Set(entries);
  const tools: NameIndex<CompiledEntry> = {
    exact: new Map([...policy.tools.exact].filter(([, entry]) => wanted.has(entry))),
    patterns: policy.tools.patterns.filter((entry) => wanted.has(entry)),
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

function withoutFindings(entries: readonly CompiledEntry[], found: readonly Finding[]): readonly CompiledEntry[] {
  const starts = found.map(({ span }) => span.start).sort((a, b) => a - b);
  const inOrder = entries.toSorted((a, b) => a.keySpan.start - b.keySpan.start);
  let next = 0;
  return inOrder.filter(({ keySpan, end }) => {
    while ((starts[next] ?? Infinity) < keySpan.start) next += 1;
    return (starts[next] ?? Infinity) >= end;
  });
}
