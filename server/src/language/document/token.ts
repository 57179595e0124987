/** The token under the cursor, and what it is the key or value of. */
import type { DocumentPath } from './cursor.ts';
import { innermost, isScalar } from './cursor.ts';
import type { DraftNode, DraftScalar } from './draft.ts';

export interface TokenPlace {
  readonly token: DraftScalar;
  /** Of the value that the token is, or that it is the key of. */
  readonly path: DocumentPath;
  readonly isKey: boolean;
}

export function tokenAt(root: DraftNode | undefined, offset: number): TokenPlace | undefined {
  if (root === undefined) return undefined;
  const { container, path } = innermost(root, offset);
  if (container?.kind === 'array') {
    const index = container.items.findIndex((item) => isScalar(item) && covers(item, offset));
    return found(container.items[index], [...path, index], false);
  }
  for (const { key, value } of container?.members ?? []) {
    if (covers(key, offset)) return found(key, [...path, String(key.value)], true);
    if (value !== undefined && isScalar(value) && covers(value, offset))
      return found(value, [...path, String(key.value)], false);
  }
  return undefined;
}

function found(node: DraftNode | undefined, path: DocumentPath, isKey: boolean): TokenPlace | undefined {
  return node !== undefined && isScalar(node) ? { token: node, path, isKey } : undefined;
}

function covers(node: DraftNode, offset: number): boolean {
  return node.start <= offset && offset <= node.end;
}
