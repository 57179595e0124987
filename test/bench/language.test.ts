/**
 * What typing in policies of several sizes costs, through the real server and the real protocol: `npm run bench:language` prints the figures,
 * beside those of VS Code's own JSON service on the same text in the same run. No time is asserted, for machines differ; that nothing grows
 * faster than the document is.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { getLanguageService, TextDocument, type LanguageService } from 'vscode-json-languageservice';
import { heapInUse } from './support/heap.ts';
import { largePolicy } from './support/large.ts';
import { measure, type Measured } from './support/measure.ts';
import { growthOf, MOST_GROWTH, printRows, type Row } from './support/report.ts';
import { Typist } from './support/typist.ts';

const SIZES = [100, 734, 2_000, 5_000];
/** Fewer with large documents, and fewest of the JSON service, which takes longest with them. */
const roundsFor = (entries: number): number => (entries > 1_000 ? 24 : 80);
const SCHEMA = new URL('../../schemas/policy.schema.json', import.meta.url);
const HOVERED = '"transfer_record_70';

const rows: Row[] = [];

afterAll(() => {
  for (const { operation, factor } of growthOf(rows)) console.log(`${factor.toFixed(2)} × ${operation}`);
});

describe.each(SIZES)('a policy of %i entries', (entries) => {
  const text = largePolicy(entries);
  const rounds = roundsFor(entries);
  const own: Row[] = [];
  const report = (operation: string, ours: Measured, json?: Measured): void => {
    own.push({ entries, operation, ours, ...(json && { json }) });
  };

  afterAll(() => {
    rows.push(...own);
    printRows(`${entries} entries (${Math.round(text.length / 1024)} KB), ${entries} tools`, own);
  });

  test('typing, and what a person waits for', async () => {
    await using typist = await Typist.open(text, entries);
    await typist.diagnostics();
    const json = await jsonService();
    const parsed = () => json.parseJSONDocument(typist.document);
    const compare = async (operation: string, ours: () => Promise<unknown>, theirs: () => unknown): Promise<void> => {
      const mine = await measure(rounds, async (round) => {
        await typist.type(round);
        await ours();
      });
      report(operation, mine, await measure(entries > 1_000 ? 10 : rounds, theirs));
    };
    await compare(
      'keystroke to diagnostics',
      async () => expect(await typist.diagnostics()).toEqual([]),
      () => json.doValidation(typist.document, parsed()),
    );
    for (const place of ['"tools": {', '"path": "', '"op": "']) {
      const at = { position: typist.after(place) };
      await compare(
        `keystroke to completion after ${place}`,
        () => typist.ask('completion', at),
        () => json.doComplete(typist.document, at.position, parsed()),
      );
    }
    const hovered = { position: typist.after(HOVERED) };
    await compare(
      'keystroke to hover',
      async () => expect(await typist.ask('hover', hovered)).not.toBeNull(),
      () => json.doHover(typist.document, hovered.position, parsed()),
    );
    report('hover, nothing typed since', await measure(rounds, () => typist.ask('hover', hovered)));
  });

  test('a keystroke that breaks the JSON, and the one that mends it', async () => {
    await using typist = await Typist.open(text, entries);
    await typist.diagnostics();
    report(
      'broken JSON to diagnostics',
      await measure(rounds, async (round) => {
        await typist.type(round, '"');
        await typist.diagnostics();
      }),
    );
  });

  test('a keystroke where every entry has a finding', async () => {
    await using typist = await Typist.open(largePolicy(entries, true), entries);
    await typist.diagnostics();
    report(
      'keystroke to diagnostics, a finding each',
      await measure(rounds / 2, async (round) => {
        await typist.type(round);
        expect(await typist.diagnostics()).toHaveLength(entries);
      }),
    );
  });

  test('what an editor asks for by itself, and what is asked for now and then', async () => {
    await using typist = await Typist.open(text, entries);
    const selected = { start: typist.after(HOVERED), end: typist.after(HOVERED) };
    const whole = { start: typist.after(''), end: typist.document.positionAt(text.length) };
    const requests: readonly (readonly [method: string, params?: object])[] = [
      ['documentSymbol'],
      ['foldingRange'],
      ['codeLens'],
      ['semanticTokens/full'],
      ['inlayHint', { range: whole }],
      ['formatting', { options: { tabSize: 4, insertSpaces: true } }],
      ['codeAction', { range: selected, context: { diagnostics: [] } }],
      ['references', { position: selected.start, context: { includeDeclaration: true } }],
    ];
    for (const [method, params] of requests) {
      const measured = await measure(12, async (round) => {
        await typist.type(round);
        await typist.ask(method, params);
      });
      report(`keystroke to ${method}`, measured);
    }
  });

  test('memory', async () => {
    const json = await jsonService();
    const document = TextDocument.create('file:///policy.json', 'json', 1, text);
    const alone = heapInUse();
    const kept = [document, json.parseJSONDocument(document)];
    const before = heapInUse();
    await using typist = await Typist.open(text, entries);
    await typist.diagnostics();
    await typist.ask('hover', { position: typist.after(HOVERED) });
    const opened = heapInUse();
    for (let round = 0; round < 200; round += 1) {
      await typist.type(round);
      await typist.ask('hover', { position: typist.after(HOVERED) });
      await typist.diagnostics();
    }
    const typed = heapInUse();
    console.log(
      `${entries} entries: ${(opened - before).toFixed(1)} MB for the document, ${(typed - before).toFixed(1)} MB after 200 keystrokes in it; the JSON service's tree takes ${(before - alone).toFixed(1)} MB`,
    );
    expect(kept).toHaveLength(2);
    expect(typed - before).toBeLessThan(3 * (opened - before));
  });
});

test('no operation grows faster than the document', () => {
  const growth = growthOf(rows);
  expect(growth.length).toBeGreaterThan(0);
  expect(growth.filter(({ factor }) => factor > MOST_GROWTH)).toEqual([]);
});

async function jsonService(): Promise<LanguageService> {
  const service = getLanguageService({});
  const schema: unknown = JSON.parse(await readFile(SCHEMA, 'utf8'));
  service.configure({ schemas: [{ uri: 'schema:policy', fileMatch: ['*'], schema: schema as object }] });
  return service;
}
