/** A tool as its server gives it, as a text to read: JSON with what could deceive the eye made visible. */
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Catalog } from '../../catalog/tool.ts';
import { URI } from 'vscode-uri';
import { isPattern } from '../../policy/index.ts';
import type { TextView } from '../document/text-view.ts';
import { findTool, type KnownTools } from '../tools/known-tools.ts';

const SCHEME = 'portcullis-tool';
/** Of one text that an editor is to show. */
const MAX_LENGTH = 2_000_000;

/** Where the tool at the offset is described; `undefined` where the server lists none. */
export function toolUriAt(view: TextView, offset: number, tools: KnownTools): string | undefined {
  const place = view.nameAt(offset);
  if (place?.kind !== 'tool' || isPattern(place.name) || findTool(tools, place.name) === undefined) return undefined;
  return toolUri(tools.server ?? '', place.name);
}

export function toolUri(server: string, tool: string): string {
  const query = JSON.stringify([server, tool]);
  return URI.from({ scheme: SCHEME, path: `/${tool.replaceAll('/', '_')}.json`, query }).toString();
}

/** Server and tool that an address made above is about. */
export function toolOf(uri: string): readonly [server: string, tool: string] | undefined {
  try {
    const named: unknown = JSON.parse(URI.parse(uri).query);
    const [server, tool] = Array.isArray(named) ? (named as readonly unknown[]) : [];
    return typeof server === 'string' && typeof tool === 'string' ? [server, tool] : undefined;
  } catch {
    return undefined;
  }
}

export function toolText(name: string, catalog: Catalog | undefined): string | undefined {
  const tool = catalog?.tools.find((each) => each.name === name);
  return tool && escapeUntrusted(JSON.stringify(tool, undefined, 2), { max: MAX_LENGTH, lines: true });
}
