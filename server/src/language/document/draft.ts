/**
 * The fault-tolerant tree of a text that is being typed: what completion, hover and navigation read.
 * It never rejects: it finds the most likely meaning of what is there. What a policy *means* is decided by the strict reader alone;
 * a text that both can read has the same tree in both (test/language/draft.test.ts).
 */
import { createScanner } from 'jsonc-parser';
import { SYNTAX } from './syntax.ts';

export interface DraftObject {
  readonly kind: 'object';
  readonly start: number;
  /** Exclusive; where the text ends or another bracket closed it, if `closed` is false. */
  end: number;
  closed: boolean;
  readonly members: DraftMember[];
}

export interface DraftArray {
  readonly kind: 'array';
  readonly start: number;
  end: number;
  closed: boolean;
  readonly items: DraftNode[];
}

export interface DraftScalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'word';
  readonly start: number;
  readonly end: number;
  /** A `word` is a token that is no JSON (an unquoted name, for instance), as written. */
  readonly value: string | number | boolean | null;
  /** Whether a string has its closing quote. */
  readonly closed: boolean;
}

export interface DraftMember {
  readonly key: DraftScalar;
  /** Offset of the colon. */
  colon?: number;
  value?: DraftNode;
}

export type DraftContainer = DraftObject | DraftArray;
export type DraftNode = DraftContainer | DraftScalar;

interface Token {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly broken: boolean;
}

/** Deeper than the strict reader allows, so that a policy of the legal depth is always read whole. */
const MAX_DEPTH = 256;

/** The tree of `text`, or `undefined` when there is not a single token. Linear in the text; never throws. */
export function readDraft(text: string): DraftNode | undefined {
  return new DraftReader(text).read();
}

class DraftReader {
  readonly #text: string;
  readonly #scanner;
  readonly #open: DraftContainer[] = [];
  #root: DraftNode | undefined;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text, true);
    this.#next = this.#scan();
  }

  read(): DraftNode | undefined {
    for (let token = this.#take(); token.kind !== SYNTAX.end; token = this.#take()) this.#place(token);
    for (const container of this.#open) container.end = this.#text.length;
    return this.#root;
  }

  #take(): Token {
    const token = this.#next;
    if (token.kind !== SYNTAX.end) this.#next = this.#scan();
    return token;
  }

  #scan(): Token {
    const kind = this.#scanner.scan();
    const start = this.#scanner.getTokenOffset();
    return {
      kind,
      start,
      end: start + this.#scanner.getTokenLength(),
      value: this.#scanner.getTokenValue(),
      broken: this.#scanner.getTokenError() === SYNTAX.unterminated,
    };
  }

  #place(token: Token): void {
    switch (token.kind) {
      case SYNTAX.openBrace:
        return this.#begin({ kind: 'object', start: token.start, end: token.end, closed: false, members: [] });
      case SYNTAX.openBracket:
        return this.#begin({ kind: 'array', start: token.start, end: token.end, closed: false, items: [] });
      case SYNTAX.closeBrace:
        return this.#finish('object', token);
      case SYNTAX.closeBracket:
        return this.#finish('array', token);
      case SYNTAX.colon:
        return this.#colon(token);
      case SYNTAX.comma:
        return;
      default:
        return this.#scalar(token);
    }
  }

  #begin(container: DraftContainer): void {
    if (this.#open.length >= MAX_DEPTH) return;
    this.#attach(container);
    this.#open.push(container);
  }

  /** Closes the innermost container of that kind; whatever is open inside it ends here too. Without one the bracket is ignored. */
  #finish(kind: DraftContainer['kind'], token: Token): void {
    const index = this.#open.findLastIndex((container) => container.kind === kind);
    if (index < 0) return;
    for (const abandoned of this.#open.splice(index + 1)) abandoned.end = token.start;
    const container = this.#open.pop();
    if (container === undefined) return;
    container.end = token.end;
    container.closed = true;
  }

  #colon(token: Token): void {
    const member = this.#lastMember();
    if (member?.value === undefined && member?.colon === undefined && member !== undefined) member.colon = token.start;
  }

  #scalar(token: Token): void {
    const scalar = toScalar(token);
    const container = this.#open.at(-1);
    // A string before a colon is a key, even where a value is missing: `{ "path": "op": "eq" }`.
    const member = this.#lastMember();
    const wantsValue = member?.colon !== undefined && member.value === undefined;
    if (container?.kind === 'object' && (!wantsValue || this.#next.kind === SYNTAX.colon)) {
      container.members.push({ key: scalar });
    } else {
      this.#attach(scalar);
    }
  }

  #attach(node: DraftNode): void {
    const container = this.#open.at(-1);
    if (container === undefined) this.#root ??= node;
    else if (container.kind === 'array') container.items.push(node);
    else this.#attachToMember(container, node);
  }

  #attachToMember(container: DraftObject, node: DraftNode): void {
    const member = container.members.at(-1);
    if (member !== undefined && member.value === undefined) member.value = node;
    // A container without a key: kept under an empty one, so that what is typed inside it still has a place.
    else
      container.members.push({
        key: { kind: 'word', start: node.start, end: node.start, value: '', closed: true },
        value: node,
      });
  }

  #lastMember(): DraftMember | undefined {
    const container = this.#open.at(-1);
    return container?.kind === 'object' ? container.members.at(-1) : undefined;
  }
}

function toScalar(token: Token): DraftScalar {
  const place = { start: token.start, end: token.end, closed: !token.broken };
  switch (token.kind) {
    case SYNTAX.string:
      return { ...place, kind: 'string', value: token.value };
    case SYNTAX.number:
      return { ...place, kind: 'number', value: Number(token.value) };
    case SYNTAX.true:
      return { ...place, kind: 'boolean', value: true };
    case SYNTAX.false:
      return { ...place, kind: 'boolean', value: false };
    case SYNTAX.null:
      return { ...place, kind: 'null', value: null };
    default:
      return { ...place, kind: 'word', value: token.value };
  }
}
