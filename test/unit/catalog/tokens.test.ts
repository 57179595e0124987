import { expect, test } from 'vitest';
import { estimateTokens } from '../../../server/src/catalog/index.ts';

/** {"description":"…","inputSchema":{"type":"object"},"name":"read_file"} */
const tool = { name: 'read_file', description: 'Reads a file.', inputSchema: { type: 'object' } };

test('a token is four and a half characters of the definition', () => {
  const text = '{"description":"Reads a file.","inputSchema":{"type":"object"},"name":"read_file"}';
  expect(estimateTokens(tool)).toBe(Math.ceil(text.length / 4.5));
});

test('what stays with the client costs nothing', () => {
  expect(estimateTokens({ ...tool, title: 'Read', annotations: { readOnlyHint: true }, outputSchema: {} })).toBe(
    estimateTokens(tool),
  );
});

test('a letter of another script is a token of its own', () => {
  expect(estimateTokens({ name: '読読読読' }) - estimateTokens({ name: '' })).toBe(4);
});
