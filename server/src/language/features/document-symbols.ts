/** The outline: sections, tools with what is done about them, conditions and limits. */
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { isScalar } from '../document/cursor.ts';
import type { DraftMember, DraftNode } from '../document/draft.ts';
import { scalarAt } from '../document/place.ts';
import type { PolicyView } from '../document/policy-view.ts';

export function documentSymbols(view: PolicyView): DocumentSymbol[] {
  const root = view.draft;
  if (root?.kind !== 'object') return [];
  return root.members.map((member) => section(view, member));
}

function section(view: PolicyView, member: DraftMember): DocumentSymbol {
  const key = String(member.key.value);
  const value = member.value;
  if (key === 'tools' && value?.kind === 'object') {
    return symbol(
      view,
      member,
      SymbolKind.Namespace,
      value.members.map((entry) => ruleset(view, entry, SymbolKind.Function)),
    );
  }
  if (key === 'all_tools') return ruleset(view, member, SymbolKind.Namespace);
  return symbol(view, member, value?.kind === 'array' ? SymbolKind.Array : SymbolKind.Property, []);
}

function ruleset(view: PolicyView, member: DraftMember, kind: SymbolKind): DocumentSymbol {
  const members = member.value?.kind === 'object' ? member.value.members : [];
  return symbol(
    view,
    member,
    kind,
    members.map((part) => rule(view, part)),
  );
}

function rule(view: PolicyView, member: DraftMember): DocumentSymbol {
  const items = member.value?.kind === 'array' ? member.value.items : [];
  return symbol(
    view,
    member,
    SymbolKind.Property,
    items.map((item) => condition(view, item)),
  );
}

function condition(view: PolicyView, node: DraftNode): DocumentSymbol {
  const range = view.range(node);
  return { name: nameOf(node), kind: SymbolKind.Event, range, selectionRange: range };
}

/** The condition's or limit's own name, else what it tests. */
function nameOf(node: DraftNode): string {
  const own = scalarAt(node, ['id']) ?? scalarAt(node, ['counter']);
  const tested = [scalarAt(node, ['path']), scalarAt(node, ['op']), scalarAt(node, ['value'])];
  const words = own === undefined ? tested.filter((word) => word !== undefined) : [own];
  return shown(words.join(' ')) || 'group';
}

function symbol(view: PolicyView, member: DraftMember, kind: SymbolKind, children: DocumentSymbol[]): DocumentSymbol {
  const value = member.value;
  const end = value?.end ?? member.key.end;
  const scalar = value !== undefined && isScalar(value) ? { detail: shown(String(value.value)) } : {};
  const range = view.range({ start: member.key.start, end });
  // The protocol demands a name that is not empty.
  const name = shown(String(member.key.value)) || '""';
  return { name, kind, range, selectionRange: view.range(member.key), children, ...scalar };
}

function shown(text: string): string {
  return escapeUntrusted(text.trim(), { max: 80 });
}
