/** What `portcullis connect` prints: the clients, what would change, and what still leads around the gateway. */
import { escapeUntrusted, escapeWhole } from '../../catalog/index.ts';
import type { ClientPlace, FileChange, Original } from '../../protocol/connect.ts';
import { unifiedDiff } from './diff.ts';
import { withoutLongStretches } from './longLines.ts';
import { table } from './table.ts';

export function printPlaces(places: readonly ClientPlace[]): string {
  const rows = places.map(({ client, label, scope, installed, connected, file }) => [
    client,
    label,
    installed ? 'yes' : 'no',
    connected.join(', ') || '-',
    scope === 'folder' ? 'this folder' : 'user',
    file,
  ]);
  return table(
    ['CLIENT', 'NAME', 'FOUND', 'CONNECTED', 'FOR', 'FILE'],
    rows.map((row) => row.map((cell) => escapeUntrusted(cell))),
  );
}

export function printChanges(changes: readonly FileChange[]): string {
  return changes
    .map(({ file, before, after }) => {
      const name = escapeUntrusted(file);
      const diff = unifiedDiff(before ?? '', after ?? '', name, withoutLongStretches);
      // Whole: what changes must be seen.
      const lines = diff.split('\n').map((line) => escapeWhole(line.replaceAll('\t', '  ')));
      return lines.join('\n') + (after === undefined ? `${name} would be deleted: nothing else is in it.\n` : '');
    })
    .join('\n');
}

export function printOriginals(originals: readonly Original[], server: string): string {
  return originals
    .map(
      ({ file, name }) =>
        `Careful: "${escapeUntrusted(name)}" in ${escapeUntrusted(file)} still leads to ${escapeUntrusted(server)} itself, and around the policy.\n`,
    )
    .join('');
}
