import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../client/src/webview/audit/messages.ts';
import { pack } from '../../../client/src/webview/audit/pack.ts';
import { Lines, type Line } from '../../../client/webview/audit/groups.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';

describe('calls grouped by tool', () => {
  it('stand below their tools, the most called first, with counts', () => {
    const { lines } = grouped();
    expect(shown(lines)).toEqual(['files read 3 (1)', 'files write 1 (0)', 'web read 1 (0)']);
  });

  it('are shown, newest first, once their tool is open', () => {
    const { lines } = grouped();
    const head = lines.at(0)?.id ?? '';
    lines.toggle(head);
    expect(shown(lines)).toEqual(['files read 3 (1)', 'e', 'c', 'a', 'files write 1 (0)', 'web read 1 (0)']);
    expect(lines.at(6)).toBeUndefined();
    for (let index = 0; index < lines.length; index++) expect(lines.indexOf(lines.at(index)?.id ?? '')).toBe(index);
    lines.toggle(head, false);
    expect(lines.length).toBe(3);
    expect(lines.indexOf('a')).toBe(-1);
  });

  it('follow the rows, and keep the lines of which nothing changed', () => {
    const { rows, lines } = grouped();
    const [read, write] = [lines.at(0), lines.at(1)];
    rows.add(pack([row('f', 'files', 'read')]));
    lines.refresh();
    expect(shown(lines)[0]).toBe('files read 4 (1)');
    expect(lines.at(0)).not.toBe(read);
    expect(lines.at(1)).toBe(write);
  });

  it('are calls alone while nothing is grouped', () => {
    const { lines } = grouped();
    lines.group(false);
    expect(shown(lines)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(lines.at(0)).toBe(lines.at(0));
  });
});

function grouped(): { rows: Rows; lines: Lines } {
  const rows = new Rows();
  const denied = { decision: 'deny' } as const;
  rows.add(pack([row('a', 'files', 'read', denied), row('b', 'files', 'write'), row('c', 'files', 'read')]));
  rows.add(pack([row('d', 'web', 'read'), row('e', 'files', 'read')]));
  const lines = new Lines(rows);
  lines.group(true);
  return { rows, lines };
}

const shown = (lines: Lines): readonly string[] =>
  Array.from({ length: lines.length }, (_, index) => words(lines.at(index)));

function words(line: Line | undefined): string {
  if (line === undefined || 'call' in line) return line?.id ?? '';
  const { server, tool, calls, denied } = line.group;
  return `${server} ${tool} ${String(calls)} (${String(denied)})`;
}

function row(id: string, server: string, tool: string, change: Partial<AuditRow> = {}): AuditRow {
  return {
    ...{ id, at: 0, client: 'test', server, tool, category: 'Read', risk: 'low' },
    ...{ decision: 'allow', rule: '', message: '' },
    ...change,
  };
}
