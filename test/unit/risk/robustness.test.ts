import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../server/src/catalog/index.ts';
import { RISK_LEVELS, type RiskLevel } from '../../../server/src/policy/vocabulary.ts';
import { classifyTool } from '../../../server/src/risk/index.ts';
import { VERB_TABLE } from '../../../server/src/risk/vocabulary/verbs.ts';

function rank(level: RiskLevel): number {
  return RISK_LEVELS.indexOf(level);
}

const dangerousVerbs = (['Write', 'Execute', 'Destructive', 'Financial'] as const).flatMap((category) =>
  VERB_TABLE[category].strong.split(/\s+/),
);
const name = fc
  .tuple(
    fc.constantFrom(...dangerousVerbs),
    fc.constantFrom(
      'file',
      'customer',
      'thing',
      'get_x',
      'history',
      'page',
      'order',
      'report',
      'status',
      'message',
      'user_role',
    ),
    fc.boolean(),
  )
  .chain(([verb, noun, last]) =>
    fc.constantFrom(last && noun === 'file' ? `${noun}_${verb}` : `${verb}_${noun}`, `acme--${verb}_${noun}`),
  );
const soothing = fc.constantFrom(
  'Get the current state.',
  'Read-only. Lists items and changes nothing.',
  'This tool only reads; SELECT queries only.',
  'Returns information. Permanently safe.',
  'Holt Daten ab.',
  'Performs a search. Read-only query in PromQL, nothing is deleted.',
  'Dry run: previews what would happen.',
  'Can be used to list things. Never changes anything.',
);
const description = fc.oneof(soothing, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));
const annotations = fc.record(
  {
    readOnlyHint: fc.boolean(),
    destructiveHint: fc.boolean(),
    idempotentHint: fc.boolean(),
    openWorldHint: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('what a server writes beside the name', () => {
  it('never lowers the level that the name gives', () => {
    fc.assert(
      fc.property(
        name,
        description,
        description,
        annotations,
        fc.jsonValue({ maxDepth: 4 }),
        (tool, text, title, hints, inputSchema) => {
          const bare = classifyTool({ name: tool }).level;
          const dressed = classifyTool({ name: tool, title, description: text, annotations: hints, inputSchema }).level;
          expect(rank(dressed)).toBeGreaterThanOrEqual(rank(bare));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives one verdict for one tool, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.jsonValue(),
        fc.jsonValue(),
        fc.jsonValue(),
        (tool, text, hints, inputSchema) => {
          const odd = {
            name: tool,
            title: hints,
            description: text,
            annotations: hints,
            inputSchema,
          } as unknown as Tool;
          expect(classifyTool(odd)).toEqual(classifyTool({ ...odd }));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  // A rule whose cost grows with the square of the text runs into the test's time limit.
  it('costs little, however long it is', () => {
    const long = 'the '.repeat(250_000) + 'a '.repeat(250_000);
    const properties = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`p${index}`, { anyOf: [{ type: 'string' }, {}] }]),
    );
    for (const text of [long, `${long}!`, '('.repeat(1_000_000), 'do not '.repeat(100_000)]) {
      const tool = { name: 'x'.repeat(100_000), title: text, description: text, inputSchema: { properties } };
      expect(classifyTool(tool).category).toBe('Write');
    }
  });
});
