/**
 * The fault-tolerant tree of a text that is being typed: what completion, hover and navigation read.
 * It never rejects: it finds the most likely meaning of what is there. What a policy *means* is decided by the strict reader alone;
 * a text that both can read has the same tree in both (test/language/draft.test.ts).
 */
import { ownCopy } from '../../policy/json/text.ts';
import { Tokenizer, type Scalar, type Token } from './tokens.ts';

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

export type DraftScalar = Scalar;

export interface DraftMember {
  readonly key: DraftScalar;
  /** Offset of the colon. */
  colon?: number;
  value?: DraftNode;
}

export type DraftContainer = DraftObject | DraftArray;
export type DraftNode = DraftContainer | DraftScalar;

/** Deeper than the strict reader allows, so that a policy of the legal depth is always read whole. */
const MAX_DEPTH = 256;

/** The tree of `text`, or `undefined` when there is not a single token. Linear in the text; never throws. */
export function readDraft(text: string): DraftNode | undefined {
  return new DraftReader(text).read();
}

/** For a text whose beginning was read before (draft-again.ts). */
interface Resumption {
  /** The objects that are open where the reading begins, the root first. */
  readonly open: readonly DraftObject[];
  readonly at: number;
  /** Asked after each container that closes, at `end`: completes what is open and says so, when what follows is known. */
  readonly joins: (open: readonly DraftContainer[], end: number) => boolean;
}

export class DraftReader {
  readonly #text: string;
  readonly #tokens: Tokenizer;
  readonly #open: DraftContainer[];
  readonly #joins: Resumption['joins'] | undefined;
  #isComplete = false;
  #root: DraftNode | undefined;
  #next: Token;

  constructor(text: string, { open, at, joins }: Partial<Resumption> = {}) {
    this.#text = text;
    this.#open = [...(open ?? [])];
    this.#root = open?.[0];
    this.#joins = joins;
    this.#tokens = new Tokenizer(text, at);
    this.#next = this.#tokens.next();
  }

  read(): DraftNode | undefined {
    for (let token = this.#take(); token.kind !== 'end'; token = this.#take()) {
      this.#place(token);
      if (this.#isComplete) return this.#root;
    }
    for (const container of this.#open) container.end = this.#text.length;
    return this.#root;
  }

  #take(): Token {
    const token = this.#next;
    if (token.kind !== 'end') this.#next = this.#tokens.next();
    return token;
  }

  #place(token: Token): void {
    switch (token.kind) {
      case '{':
        return this.#begin({ kind: 'object', start: token.start, end: token.end, closed: false, members: [] });
      case '[':
        return this.#begin({ kind: 'array', start: token.start, end: token.end, closed: false, items: [] });
      case '}':
        return this.#finish('object', token);
      case ']':
        return this.#finish('array', token);
      case ':':
        return this.#colon(token);
      case ',':
      case 'end':
        return;
      default:
        return this.#scalar(this.#joins ? { ...token, value: ownValue(token.value) } : token);
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
    this.#isComplete = this.#joins?.(this.#open, token.end) ?? false;
  }

  #colon(token: Token): void {
    const member = this.#lastMember();
    if (member?.value === undefined && member?.colon === undefined && member !== undefined) member.colon = token.start;
  }

  #scalar(scalar: DraftScalar): void {
    const container = this.#open.at(-1);
    // A string before a colon is a key, even where a value is missing: `{ "path": "op": "eq" }`.
    const member = this.#lastMember();
    const wantsValue = member?.colon !== undefined && member.value === undefined;
    if (container?.kind === 'object' && (!wantsValue || this.#next.kind === ':')) {
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

/** What is kept from version to version must not hold on to the text of each. */
function ownValue(value: DraftScalar['value']): DraftScalar['value'] {
  return typeof value === 'string' ? ownCopy(value) : value;
}
