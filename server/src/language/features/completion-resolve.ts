/** Documentation of a tool in the suggestions, worked out when the user looks at it. */
import type { CompletionItem, MarkupKind } from 'vscode-languageserver';
import type { ItemData } from '../completion/item.ts';
import type { PolicyView } from '../document/policy-view.ts';
import { render } from '../document/prose.ts';
import { findTool, type KnownTools } from '../tools/known-tools.ts';
import { describeTool } from '../tools/describe-tool.ts';

/** The item with its documentation; the same item when it is about no known tool. */
export function resolveItem(
  item: CompletionItem,
  view: PolicyView,
  tools: KnownTools,
  markup: MarkupKind,
): CompletionItem {
  const data = readData(item);
  const tool = data === undefined ? undefined : findTool(tools, data.tool);
  if (tool === undefined) return item;
  return { ...item, documentation: render(describeTool(tool, { policy: view.policy, server: tools.server }), markup) };
}

export function itemUri(item: CompletionItem): string | undefined {
  return readData(item)?.uri;
}

/** Our own data comes back from the client: checked like anything from outside. */
function readData({ data }: CompletionItem): ItemData | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { uri, tool } = data as Readonly<Record<keyof ItemData, unknown>>;
  return typeof uri === 'string' && typeof tool === 'string' ? { uri, tool } : undefined;
}
