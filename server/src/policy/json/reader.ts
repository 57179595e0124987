/**
 * The strict JSON reader (RFC 8259): one for policies, for what agents send, and for the editor (policy language §1 and §4).
 * Reads in one pass without recursion, in time linear in the text. Never throws. Knows nothing of policies.
 */
import { DEPTH_CEILING, MAX_BYTES, MAX_DEPTH, type ReadLimits } from './limits.ts';
import type { JsonMember, JsonNode, JsonProblem, JsonReading, Span } from './node.ts';
import { isExact } from './number.ts';
import { readString } from './string.ts';
import { duplicateKey, expectedCommaOr, overflow, unexpectedToken, Unreadable } from './syntax.ts';
import { decodeText, ownCopy } from './text.ts';

/** Recoverable problems (duplicate keys and the like) that are listed before the reader gives up. */
const MAX_PROBLEMS = 100;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/**
 * Reads a whole JSON text. A syntax error ends the reading; duplicate keys, unpaired surrogates and overflowing numbers are all listed.
 * Offsets are UTF-16 code units into the text; for bytes, into the text that they decode to.
 */
export function readJson(text: string | Uint8Array, limits: ReadLimits = {}): JsonReading {
  const decoded = decodeText(text, limits.maxBytes ?? MAX_BYTES);
  if (typeof decoded !== 'string') return { ok: false, problems: [decoded] };
  return new Reader(decoded, Math.min(limits.maxDepth ?? MAX_DEPTH, DEPTH_CEILING)).read();
}

export interface OpenObject {
  readonly kind: 'object';
  readonly start: number;
  readonly members: Map<string, JsonMember>;
  name: string;
  key: Span;
}

interface OpenArray {
  readonly kind: 'array';
  readonly start: number;
  readonly items: JsonNode[];
}

export type OpenContainer = OpenObject | OpenArray;

/** For a text whose beginning was read before (reread.ts). */
export interface Resumption {
  /** The objects that are open where the reading begins: after the members that the innermost has. */
  readonly open: readonly OpenObject[];
  readonly at: number;
  /** Asked after each value, which ends at `end`: the whole tree, when what follows is known. */
  readonly whole: (open: readonly OpenContainer[], end: number) => JsonNode | undefined;
}

/** The state of one reading. */
export class Reader {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #open: OpenContainer[];
  readonly #whole: Resumption['whole'] | undefined;
  readonly #problems: JsonProblem[] = [];
  #at: number;

  constructor(text: string, maxDepth: number, { open, at, whole }: Partial<Resumption> = {}) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#open = [...(open ?? [])];
    this.#at = at ?? 0;
    this.#whole = whole;
  }

  read(): JsonReading {
    try {
      const root = this.#document();
      const [first, ...others] = this.#problems;
      return first ? { ok: false, problems: [first, ...others] } : { ok: true, root };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const [first, ...others] = this.#problems;
      return { ok: false, problems: first ? [first, ...others, error.problem] : [error.problem] };
    }
  }

  #document(): JsonNode {
    for (let value = this.#resume(); ; value = this.#begin()) {
      while (value) {
        const container = this.#open.at(-1);
        if (!container) return this.#end(value);
        this.#add(container, value);
        const whole = this.#whole?.(this.#open, value.end);
        if (whole) return whole;
        value = this.#next(container);
      }
    }
  }

  #resume(): JsonNode | undefined {
    const container = this.#open.at(-1);
    if (container?.kind !== 'object') return this.#begin();
    return container.members.size === 0 ? this.#first(container) : this.#next(container);
  }

  /** Reads a scalar or an empty container; undefined after opening a container whose first value comes next. */
  #begin(): JsonNode | undefined {
    const code = this.#peek();
    if (code === 0x22) return this.#stringNode();
    if (code === 0x7b) return this.#openObject();
    if (code === 0x5b) return this.#openArray();
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number();
    return this.#literal();
  }

  #openObject(): JsonNode | undefined {
    const start = this.#enter();
    const container: OpenObject = { kind: 'object', start, members: new Map(), name: '', key: { start, end: start } };
    this.#open.push(container);
    return this.#first(container);
  }

  /** Behind an opening brace: moves past the first key, or closes an object without any. */
  #first(container: OpenObject): JsonNode | undefined {
    if (this.#peek() === 0x7d) return this.#close(container);
    this.#key(container);
    return undefined;
  }

  #openArray(): JsonNode | undefined {
    const start = this.#enter();
    if (this.#peek() === 0x5d) return { kind: 'array', start, end: ++this.#at, items: [] };
    this.#open.push({ kind: 'array', start, items: [] });
    return undefined;
  }

  #enter(): number {
    const start = this.#at++;
    if (this.#open.length < this.#maxDepth) return start;
    const message = `Arrays and objects are nested more than ${this.#maxDepth} levels deep. Flatten the document.`;
    throw new Unreadable({ code: 'json-too-deep', message, start, end: start + 1 });
  }

  #key(container: OpenObject): void {
    const start = this.#at;
    if (this.#peek() !== 0x22) throw unexpectedToken(this.#text, this.#at, 'a key in double quotes');
    container.name = this.#string();
    container.key = { start, end: this.#at };
    const first = container.members.get(container.name);
    if (first) this.#report(duplicateKey(container.name, container.key, first.key));
    if (this.#peek() !== 0x3a) throw unexpectedToken(this.#text, this.#at, 'a colon after this key');
    this.#at++;
  }

  #add(container: OpenContainer, value: JsonNode): void {
    if (container.kind === 'array') container.items.push(value);
    else if (!container.members.has(container.name))
      container.members.set(container.name, { key: container.key, value });
  }

  /** After a value: moves past the comma to where the next value begins, or closes the container and returns it. */
  #next(container: OpenContainer): JsonNode | undefined {
    const code = this.#peek();
    const close = container.kind === 'object' ? 0x7d : 0x5d;
    if (code === close) return this.#close(container);
    if (code !== 0x2c) throw expectedCommaOr(this.#text, this.#at, container.kind);
    const comma = this.#at++;
    const after = this.#peek();
    if (after === close)
      throw Unreadable.syntax('Remove this comma: JSON allows none after the last item.', comma, comma + 1);
    if (container.kind === 'object') this.#key(container);
    return undefined;
  }

  #close(container: OpenContainer): JsonNode {
    this.#open.pop();
    const { start } = container;
    const end = ++this.#at;
    if (container.kind === 'array') return { kind: 'array', start, end, items: container.items };
    return { kind: 'object', start, end, members: container.members };
  }

  #end(value: JsonNode): JsonNode {
    if (!Number.isNaN(this.#peek())) throw unexpectedToken(this.#text, this.#at, 'the end of the document');
    return value;
  }

  #stringNode(): JsonNode {
    const start = this.#at;
    const value = this.#string();
    return { kind: 'string', start, end: this.#at, value };
  }

  #string(): string {
    const start = this.#at;
    const { value, end, wellFormed } = readString(this.#text, start);
    this.#at = end;
    if (!wellFormed) {
      const message = 'This string holds half of a surrogate pair. Write the whole character.';
      this.#report({ code: 'json-surrogate', message, start, end });
    }
    return this.#whole ? ownCopy(value) : value;
  }

  #number(): JsonNode {
    const start = this.#at;
    NUMBER.lastIndex = start;
    const text = NUMBER.exec(this.#text)?.[0];
    if (text === undefined) throw unexpectedToken(this.#text, start, 'a number');
    const end = (this.#at = start + text.length);
    if (continuesNumber(this.#text.charCodeAt(end))) throw unexpectedToken(this.#text, start, 'a number');
    const value = Number(text);
    if (!Number.isFinite(value)) this.#report(overflow(start, end));
    return { kind: 'number', start, end, text, value, exact: Number.isFinite(value) && isExact(text, value) };
  }

  #literal(): JsonNode {
    const start = this.#at;
    const word = /^(?:true|false|null)(?![A-Za-z0-9_$])/.exec(this.#text.slice(start, start + 6))?.[0];
    if (word === undefined) throw unexpectedToken(this.#text, start, 'a value');
    const end = (this.#at = start + word.length);
    return word === 'null' ? { kind: 'null', start, end } : { kind: 'boolean', start, end, value: word === 'true' };
  }

  /** Skips white space; NaN at the end of the text. */
  #peek(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      this.#at++;
    }
  }

  #report(problem: JsonProblem): void {
    this.#problems.push(problem);
    if (this.#problems.length < MAX_PROBLEMS) return;
    const { start, end } = problem;
    throw Unreadable.syntax(
      'There are too many problems of this kind; the rest of the document was not read.',
      start,
      end,
    );
  }
}

function continuesNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2b || code === 0x2d || (code | 0x20) === 0x65;
}
