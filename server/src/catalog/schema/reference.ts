/**
 * Follows `$ref` inside one schema document. References to anywhere else are never fetched: they say nothing.
 */
import { isSchemaObject, own, type SchemaObject } from './node.ts';

const MAX_POINTER_STEPS = 64;
const MAX_ANCHOR_VISITS = 20_000;

/**
 * The schema that a reference names, `undefined` when it is outside the document, malformed or leads nowhere.
 * Understands `#`, JSON pointers and anchors (`$anchor`, `$dynamicAnchor`, draft-07 `$id: "#name"`).
 */
export function resolveReference(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  const fragment = decode(reference.slice(1));
  if (fragment === undefined) return undefined;
  if (fragment === '') return root;
  return fragment.startsWith('/') ? byPointer(root, fragment) : byAnchor(root, fragment);
}

function decode(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}

function byPointer(root: unknown, pointer: string): unknown {
  const steps = pointer.slice(1).split('/');
  if (steps.length > MAX_POINTER_STEPS) return undefined;
  let at: unknown = root;
  for (const step of steps) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) at = /^\d{1,6}$/.test(key) ? (at as unknown[])[Number(key)] : undefined;
    else if (isSchemaObject(at)) at = own(at, key);
    else return undefined;
  }
  return at;
}

const anchorsOf = new WeakMap<SchemaObject, ReadonlyMap<string, unknown>>();

function byAnchor(root: unknown, name: string): unknown {
  if (!isSchemaObject(root)) return undefined;
  let anchors = anchorsOf.get(root);
  if (anchors === undefined) {
    anchors = collectAnchors(root);
    anchorsOf.set(root, anchors);
  }
  return anchors.get(name);
}

function collectAnchors(root: SchemaObject): ReadonlyMap<string, unknown> {
  const anchors = new Map<string, unknown>();
  const queue: unknown[] = [root];
  for (let visited = 0; visited < queue.length && visited < MAX_ANCHOR_VISITS; visited++) {
    const node = queue[visited];
    if (isSchemaObject(node)) for (const name of anchorNames(node)) if (!anchors.has(name)) anchors.set(name, node);
    if (typeof node !== 'object' || node === null) continue;
    for (const child of Object.values(node)) {
      if (typeof child === 'object' && child !== null && queue.length < MAX_ANCHOR_VISITS) queue.push(child);
    }
  }
  return anchors;
}

function anchorNames(node: SchemaObject): readonly string[] {
  const id = own(node, '$id');
  const draft07 = typeof id === 'string' && id.startsWith('#') ? id.slice(1) : undefined;
  return [own(node, '$anchor'), own(node, '$dynamicAnchor'), draft07].filter((name) => typeof name === 'string');
}
