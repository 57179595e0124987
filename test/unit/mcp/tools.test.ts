import { describe, expect, test } from 'vitest';
import { readToolsFile } from '../../../server/src/mcp/tools.ts';

const names = (text: string): readonly string[] => {
  const reading = readToolsFile(text);
  return reading.ok ? reading.tools.map(({ name }) => name) : [reading.problem];
};

describe('a file of tools', () => {
  test.each([
    ['a saved result', '{"tools":[{"name":"a"}],"nextCursor":"x"}'],
    ['the whole answer', '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"}]}}'],
    ['any object with tools', '\uFEFF{"server":{"name":"s"},"tools":[{"name":"a","inputSchema":{}}]}'],
  ])('%s', (_, text) => {
    expect(names(text)).toEqual(['a']);
  });

  test.each(['[]', '{"tools":{}}', '7', 'null', '{"result":[]}'])('without a list: %s', (text) => {
    expect(names(text)[0]).toContain('It holds no tool list');
  });

  test('that is no JSON', () => {
    expect(names('{')[0]).toContain('It is not JSON');
  });

  test('keeps what MCP may add, and hints only where they are hints', () => {
    const tool = {
      name: 'a',
      annotations: { readOnlyHint: 'yes', destructiveHint: true, title: 't' },
      _meta: { x: 1 },
    };
    expect(readToolsFile(JSON.stringify({ tools: [tool] }))).toMatchObject({
      ok: true,
      tools: [{ name: 'a', annotations: { destructiveHint: true, title: 't' }, _meta: { x: 1 } }],
    });
  });
});
