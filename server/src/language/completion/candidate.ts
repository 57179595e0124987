/** What a completion context offers, before it is fitted into the text. */
import type { CompletionItemKind } from 'vscode-languageserver';
import type { Block } from '../document/prose.ts';
import type { Piece } from './insertion.ts';

export interface Candidate {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What the user's typing is compared with, without quotes. */
  readonly filter: string;
  /** The JSON text of a value, or of a key (quoted). */
  readonly text: readonly Piece[];
  /** Of a key: the value to insert where none follows yet. */
  readonly value?: readonly Piece[];
  /** Short, beside the label. */
  readonly note?: string;
  /** One line. */
  readonly detail?: string;
  readonly documentation?: readonly Block[];
  /** Documentation that is worked out when the item is looked at. */
  readonly tool?: string;
  /** Smaller comes first; equal ranks keep the order in which they are offered. */
  readonly rank: number;
  /** Whether what was inserted can be completed at once. */
  readonly continues?: boolean;
}

/** A JSON string as a key or value, safe for any content. */
export function quoted(text: string): readonly Piece[] {
  return [JSON.stringify(text)];
}
