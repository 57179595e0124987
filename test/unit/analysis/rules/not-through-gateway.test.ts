import { describe, expect, it } from 'vitest';
import { examine, type WayAround } from '../../../../server/src/analysis/index.ts';
import { finding, findings, policy, serverWith, underlined } from '../support.ts';

const code = 'not-through-gateway';
const text = policy({ server: 'files', tools: { read_file: {} } });

function way(client: string, shownFile: string, name = 'files'): WayAround {
  return {
    client,
    name,
    shownFile,
    file: `/app/${shownFile}`,
    start: { line: 2, column: 3 },
    end: { line: 4, column: 4 },
  };
}

describe(code, () => {
  const ways = [way('Cursor', '.cursor/mcp.json'), way('VS Code', '.vscode/mcp.json', 'disk')];

  it('is one finding at the server that the policy names, with every place', () => {
    const found = finding(code, text, { ways });
    expect(underlined(text, found)).toBe('"files"');
    expect(found.message).toContain('directly by Cursor (.cursor/mcp.json), VS Code (.vscode/mcp.json):');
    expect(found.elsewhere).toEqual([
      {
        file: '/app/.cursor/mcp.json',
        start: { line: 2, column: 3 },
        end: { line: 4, column: 4 },
        message: 'Cursor reaches the server itself by "files"',
      },
      expect.objectContaining({ message: 'VS Code reaches the server itself by "disk"' }),
    ]);
  });

  it('keeps the places when its severity is configured', () => {
    const [found] = examine({ text, ways, settings: { rules: { [code]: 'error' } } }).findings;
    expect(found).toMatchObject({ code, severity: 'error', elsewhere: finding(code, text, { ways }).elsewhere });
  });

  it('stands at the beginning of a policy that names none', () => {
    const bare = policy({ tools: { read_file: {} } });
    expect(finding(code, bare, { ways }).span).toEqual({ start: 0, end: 1 });
  });

  it('is silent where every way leads through the gateway, and where nobody has looked', () => {
    expect(findings(code, text, { ways: [] })).toEqual([]);
    expect(findings(code, text)).toEqual([]);
  });

  it('leaves an excuse alone where nobody has looked', () => {
    const settings = { excused: [{ code, at: '', reason: 'Only a person uses that client.' }] };
    const codes = (known: { readonly ways?: readonly WayAround[] }): readonly string[] =>
      examine({ text, settings, ...serverWith('read_file'), ...known }).findings.map((each) => each.code);
    expect(codes({})).toEqual([]);
    expect(codes({ ways })).toEqual([]);
    expect(codes({ ways: [] })).toEqual(['stale-excuse']);
  });
});
