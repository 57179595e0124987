/** The invariants of the policy language (§7) that are the engine's. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compilePolicy,
  decide,
  explainTool,
  judge,
  MemoryCounters,
  writeJson,
  type Call,
  type Decision,
  type JsonNode,
} from '../../../server/src/policy/index.ts';
import {
  anyCall,
  anyDocument,
  argumentsText,
  condition,
  entry,
  limit,
  limitIdentity,
  rateLimit,
  toolPattern,
  type Document,
  type Ruleset,
} from '../../support/policy-arbitraries.ts';
import { call, json, NOON, OWNER, policy } from '../../support/policy.ts';

const earlierCalls = fc.array(anyCall, { maxLength: 4 });

/** The decision about `asked` after earlier calls were decided by the same document. */
function decideAfter(history: Document, earlier: readonly Call[], document: Document, asked: Call): Decision {
  const counters = new MemoryCounters();
  const past = policy(history);
  for (const each of earlier) decide(past, each, OWNER, counters, NOON);
  return decide(policy(document), asked, OWNER, counters, NOON);
}

describe('2: what was checked is what is sent', () => {
  test('arguments are serialised from the tree that was judged, digit by digit', () => {
    fc.assert(
      fc.property(argumentsText, (text) => {
        expect(writeJson(json(text))).toBe(text);
      }),
    );
  });

  test('what is sent would be judged the same', () => {
    fc.assert(
      fc.property(anyDocument, anyCall, (document, asked) => {
        const sent = asked.arguments ? { ...asked, arguments: json(writeJson(asked.arguments)) } : asked;
        expect(judge(policy(document), sent, OWNER)).toEqual(judge(policy(document), asked, OWNER));
      }),
    );
  });
});

describe('3: restricting never turns a denial into anything else', () => {
  /** How often each kind of outcome was met before the restriction. */
  const reached = new Map<string, number>();

  function neverLoosens(document: Document, earlier: readonly Call[], asked: Call, restricted: Document): void {
    const before = decideAfter(document, earlier, document, asked);
    const kind = before.decision === 'deny' ? kindOf(before.rule) : before.decision;
    reached.set(kind, (reached.get(kind) ?? 0) + 1);
    if (before.decision === 'deny') expect(decideAfter(document, earlier, restricted, asked).decision).toBe('deny');
  }

  test('a hide pattern', () => {
    fc.assert(
      fc.property(
        anyDocument,
        earlierCalls,
        anyCall,
        toolPattern,
        fc.nat(2),
        (document, earlier, asked, pattern, at) => {
          neverLoosens(document, earlier, asked, {
            ...document,
            hide: (document.hide ?? []).toSpliced(at, 0, pattern),
          });
        },
      ),
    );
  });

  test('a condition or a limit in a ruleset that applies', () => {
    const addition = fc.oneof(
      condition.map((each) => ({ deny_if: [each] })),
      condition.map((each) => ({ require: [each] })),
      limit.map((each) => ({ limits: [each] })),
      rateLimit.map((each) => ({ rate_limit: each })),
    );
    fc.assert(
      fc.property(
        anyDocument,
        earlierCalls,
        anyCall,
        addition,
        fc.record({ first: fc.boolean(), which: fc.nat(4) }),
        (document, earlier, asked, added, { first, which }) => {
          const keys = [...Object.keys(document.tools), ...(document.all_tools ? [undefined] : [])];
          if (keys.length === 0) return;
          neverLoosens(document, earlier, asked, withAddition(document, keys[which % keys.length], added, first));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('an entry that states no action, for a tool that is listed', () => {
    fc.assert(
      fc.property(anyDocument, earlierCalls, anyCall, toolPattern, entry, (document, earlier, asked, key, added) => {
        if (Object.hasOwn(document.tools, key)) return;
        const isListed = explainTool(policy(document), asked.tool).rulesets.some(
          (each) => each.key !== undefined && each.key !== '*',
        );
        // Writing an unusual name out is what makes it safe (§3, step 2): that is meant to loosen.
        if (!isListed || (key === asked.tool && !/^[\w./-]+$/.test(key))) return;
        const { action: _, ...silent } = added;
        neverLoosens(document, earlier, asked, { ...document, tools: { ...document.tools, [key]: silent } });
      }),
      { numRuns: 1_000 },
    );
  });

  test('"default": "deny"', () => {
    fc.assert(
      fc.property(anyDocument, earlierCalls, anyCall, (document, earlier, asked) => {
        neverLoosens(document, earlier, asked, { ...document, default: 'deny' });
      }),
    );
  });

  test('was tried on every kind of outcome often enough to mean something', () => {
    const kinds = ['allow', '(unsafe name)', '(hidden)', '(unknown tool)', '(default deny)'];
    for (const kind of [...kinds, 'action', 'deny_if', 'require', 'rate_limit', 'limits']) {
      expect(reached.get(kind) ?? 0, kind).toBeGreaterThan(20);
    }
  });
});

describe('4: the order of keys never changes the decision', () => {
  test('of the document or of the arguments', () => {
    fc.assert(
      fc.property(
        anyDocument,
        earlierCalls,
        anyCall,
        fc.infiniteStream(fc.nat(1_000)),
        (document, earlier, asked, random) => {
          const shuffled = JSON.parse(writeJson(reordered(json(document), random))) as Document;
          const turned = asked.arguments ? { ...asked, arguments: reordered(asked.arguments, random) } : asked;
          const before = decideAfter(document, earlier, document, asked);
          const after = decideAfter(shuffled, earlier, shuffled, turned);
          expect(after.decision).toBe(before.decision);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('5: an invalid document never yields a policy', () => {
  const nearlyPolicy = fc
    .tuple(anyDocument, fc.nat(500), fc.nat(3), fc.constantFrom('', '"', ',', '1', 'null', '{}', 'x', '\ud800'))
    .map(([document, at, length, piece]) => {
      const text = JSON.stringify(document);
      const from = at % (text.length + 1);
      return text.slice(0, from) + piece + text.slice(from + length);
    });

  test('compiling any text gives a policy or problems, never both, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyPolicy, fc.string(), fc.json(), fc.uint8Array()), (text) => {
        const compilation = compilePolicy(text);
        if (compilation.ok) return;
        expect(compilation.problems.length).toBeGreaterThan(0);
        const starts = compilation.problems.map(({ span }) => span.start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        for (const { span, message } of compilation.problems) {
          expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
          expect(message).toMatch(/[.]$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('with none in force, every call is denied', () => {
    fc.assert(
      fc.property(anyCall, (asked) => {
        expect(judge(undefined, asked, OWNER)).toMatchObject({ outcome: 'deny', rule: '(no policy)' });
      }),
    );
  });
});

describe('6: evaluation', () => {
  test('is deterministic and never throws', () => {
    fc.assert(
      fc.property(anyDocument, earlierCalls, anyCall, (document, earlier, asked) => {
        expect(decideAfter(document, earlier, document, asked)).toEqual(
          decideAfter(document, earlier, document, asked),
        );
      }),
    );
  });

  test('takes time in proportion to document and arguments', () => {
    const conditions = Array.from({ length: 256 }, () => ({ path: 'args.a[*][*]', op: 'in', value: ['x'] }));
    const compiled = policy({ tools: { x: { require: conditions } } });
    const asked = call('x', { a: Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 'x')) });
    const started = performance.now();
    expect(judge(compiled, asked, OWNER).outcome).toBe('pass');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('7: own properties only', () => {
  const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

  test('a name that objects inherit decides what any other name decides', () => {
    // `zz` stands for the name; patterns that could tell the names apart are left out.
    const plainName = (text: string): string => text.replaceAll('__proto__', 'zz').replaceAll('constructor', 'zy');
    const plain = fc.tuple(anyDocument, anyCall).map(([document, asked]) => ({
      document: plainName(JSON.stringify({ ...document, hide: document.hide?.filter(isNeutral) })),
      tool: plainName(asked.tool),
      args: asked.arguments && plainName(writeJson(asked.arguments)),
    }));
    fc.assert(
      fc.property(plain, fc.constantFrom(...INHERITED), ({ document, tool, args }, name) => {
        if (!compilePolicy(document).ok || /"[^"*]*[*][^"]+"|"[^"]+[*][^"]*"/.test(document)) return;
        const before = judge(policy(document), call(tool, args), OWNER);
        const renamed = judge(
          policy(document.replaceAll('zz', name)),
          call(tool.replaceAll('zz', name), args?.replaceAll('zz', name)),
          OWNER,
        );
        expect(JSON.stringify(renamed, bigints)).toBe(JSON.stringify(before, bigints).replaceAll('zz', name));
      }),
      { numRuns: 1_000 },
    );
  });
});

/** `deny_if` of `/tools/x/deny_if/id` and of `/all_tools/deny_if/id`; other rules as they are. */
function kindOf(rule: string): string {
  return /^(?:\/tools\/[^/]*|\/all_tools)\/([a-z_]+)/.exec(rule)?.[1] ?? rule;
}

function isNeutral(pattern: string): boolean {
  return pattern === '*' || !pattern.includes('*');
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** The document with an addition to the ruleset of a key of `tools`, or of `all_tools` where the key is undefined. */
function withAddition(document: Document, key: string | undefined, added: Ruleset, first: boolean): Document {
  const ruleset = key === undefined ? document.all_tools : document.tools[key];
  const merged = merge(ruleset ?? {}, added, first);
  return key === undefined
    ? { ...document, all_tools: merged }
    : { ...document, tools: { ...document.tools, [key]: merged } };
}

function merge(ruleset: Ruleset, added: Ruleset, first: boolean): Ruleset {
  const joined = (old: object[] = [], more: object[] = []): object[] => (first ? [...more, ...old] : [...old, ...more]);
  const limits = ruleset.limits ?? [];
  const fresh = (added.limits ?? []).filter(
    (each) => !limits.some((old) => limitIdentity(old) === limitIdentity(each)),
  );
  const rate_limit = ruleset.rate_limit ?? added.rate_limit;
  return {
    ...ruleset,
    deny_if: joined(ruleset.deny_if, added.deny_if),
    require: joined(ruleset.require, added.require),
    limits: joined(limits, fresh),
    ...(rate_limit && { rate_limit }),
  };
}

/** The same tree with the members of every object in another order. */
function reordered<T extends JsonNode>(node: T, random: Iterator<number>): T {
  if (node.kind === 'array') return { ...node, items: node.items.map((item) => reordered(item, random)) };
  if (node.kind !== 'object') return node;
  const members = [...node.members].map(([key, member]) => ({
    member: [key, { ...member, value: reordered(member.value, random) }] as const,
    rank: Number(random.next().value),
  }));
  return { ...node, members: new Map(members.sort((a, b) => a.rank - b.rank).map(({ member }) => member)) };
}
