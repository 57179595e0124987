/**
 * What typing in a large policy costs, through the real server and the real protocol: `npm run bench:language` prints the figures, beside
 * those of VS Code's own JSON service on the same text in the same run. Nothing here asserts a time: machines differ.
 */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getLanguageService, TextDocument, type LanguageService } from 'vscode-json-languageservice';
import { connectClient, type OpenDocument, type TestClient } from '../language/support/client.ts';
import { fakeRuntime, POLICY_URI } from '../language/support/runtime.ts';
import { largePolicy, largeToolList } from './support/large.ts';
import { measure, printTable, type Figures } from './support/measure.ts';

const TOOLS = 734;
const ROUNDS = 60;
const SCHEMA = new URL('../../schemas/policy.schema.json', import.meta.url);

const text = largePolicy(TOOLS);
const rows: (readonly [name: string, ours: Figures, json?: Figures])[] = [];
let client: TestClient;
let document: OpenDocument;
let version = 1;

beforeAll(async () => {
  client = await connectClient(fakeRuntime(largeToolList(TOOLS)), {
    capabilities: { textDocument: { diagnostic: {}, completion: { completionItem: { snippetSupport: true } } } },
  });
  document = await client.open(text);
  await client.live();
});

afterAll(async () => {
  await client[Symbol.asyncDispose]();
  const memory = Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
  printTable(`A policy of ${TOOLS} entries (${Math.round(text.length / 1024)} KB), ${TOOLS} tools`, rows);
  console.log(`heap of client and server together: ${memory} MB`);
});

test('a keystroke until its diagnostics', async () => {
  const json = await jsonService();
  const ours = await measure(ROUNDS, async (round) => {
    await typeDigit(round);
    expect(await client.pull(POLICY_URI)).toBeInstanceOf(Array);
  });
  const theirs = await measure(ROUNDS, async (round) => {
    const edited = TextDocument.create(POLICY_URI, 'json', round, withDigit(round));
    await json.doValidation(edited, json.parseJSONDocument(edited));
  });
  rows.push(['keystroke to diagnostics', ours, theirs]);
});

test('completion', async () => {
  const json = await jsonService();
  const places = ['"tools": {', '"path": "', '"op": "'];
  for (const place of places) {
    const ours = await measure(ROUNDS, async (round) => {
      await typeDigit(round);
      await client.complete(after(place));
    });
    const theirs = await measure(ROUNDS, async (round) => {
      const edited = TextDocument.create(POLICY_URI, 'json', round, withDigit(round));
      await json.doComplete(edited, after(place).position, json.parseJSONDocument(edited));
    });
    rows.push([`keystroke to completion after ${place}`, ours, theirs]);
  }
});

test('hover', async () => {
  const json = await jsonService();
  const at = after('"transfer_record_70');
  const ours = await measure(ROUNDS, async (round) => {
    await typeDigit(round);
    expect(await client.hover(at)).not.toBe('');
  });
  const theirs = await measure(ROUNDS, async (round) => {
    const edited = TextDocument.create(POLICY_URI, 'json', round, withDigit(round));
    await json.doHover(edited, at.position, json.parseJSONDocument(edited));
  });
  rows.push(['keystroke to hover', ours, theirs]);
  const again = await measure(ROUNDS, async () => {
    expect(await client.hover(at)).not.toBe('');
  });
  rows.push(['hover, nothing typed since', again]);
});

/** Changes one digit of a number, as a person would: an incremental edit of one character. */
async function typeDigit(round: number): Promise<void> {
  version += 1;
  const start = after('"max": ').position;
  const range = { start, end: { line: start.line, character: start.character + 1 } };
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: POLICY_URI, version },
    contentChanges: [{ range, text: digit(round) }],
  });
}

const digit = (round: number): string => String(1 + (round % 9));

function withDigit(round: number): string {
  const at = text.indexOf('"max": ') + '"max": '.length;
  return text.slice(0, at) + digit(round) + text.slice(at + 1);
}

function after(wanted: string): OpenDocument {
  const offset = text.indexOf(wanted) + wanted.length;
  return { ...document, position: TextDocument.create(POLICY_URI, 'json', 1, text).positionAt(offset) };
}

async function jsonService(): Promise<LanguageService> {
  const service = getLanguageService({});
  const schema: unknown = JSON.parse(await readFile(SCHEMA, 'utf8'));
  service.configure({ schemas: [{ uri: 'schema:policy', fileMatch: ['*'], schema: schema as object }] });
  return service;
}
