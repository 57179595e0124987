/**
 * Which texts of a server's messages are replaced before anybody sees them (docs/redaction.md). Pure; upstream/redacting.ts applies it to all that arrives.
 * A message that would take too long is not let through as it is: `TooLarge` is thrown.
 */
import { regexFor } from '../../policy/index.ts';
import { isKeptNumber } from '../../mcp/parse.ts';
import type { ServerSettings } from '../../mcp/definition.ts';

/** Characters looked at in one message, times patterns: up to about two seconds of work (docs/redaction.md). */
export const REDACTION_BUDGET = 2_000_000;
const MAX_GROWTH = 4_000_000;
const MAX_PATTERNS = 16;
const MAX_LENGTH = 1_000;
const DEFAULT_REPLACEMENT = '[redacted]';

export class TooLarge extends Error {}

export interface Redacted<T> {
  readonly value: T;
  /** How many places were replaced. */
  readonly count: number;
}

type Settings = NonNullable<ServerSettings['redact']>;

/** Why these settings cannot be honoured, for people; empty where they can. */
export function redactionProblems(settings: Settings): readonly string[] {
  if (settings.length > MAX_PATTERNS) return [`"redact" has more than ${MAX_PATTERNS} patterns.`];
  return settings.flatMap(({ regex, replace = '' }) => {
    if (regex.length > MAX_LENGTH || replace.length > MAX_LENGTH)
      return [`"redact": a "regex" or "replace" has more than ${MAX_LENGTH} characters.`];
    try {
      regexFor(regex);
      return [];
    } catch {
      const advice = 'RE2 has no look-around and no back-references.';
      return [`"redact": ${JSON.stringify(regex)} is no valid RE2 regular expression. ${advice}`];
    }
  });
}

/** Members that say what a message is or where it belongs: without them it could not be delivered. Never looked into outside free data. */
const PROTOCOL: ReadonlySet<string> = new Set([
  'type',
  'mimeType',
  'role',
  'method',
  'resultType',
  'requestState',
  'taskId',
  'nextCursor',
  'progressToken',
  'requestId',
  'elicitationId',
  'blob',
]);
/** Members whose content is the server's own affair: keys and numbers are texts there, too. */
const FREE: ReadonlySet<string> = new Set(['structuredContent']);

type Members = Readonly<Record<string, unknown>>;

export class Redaction {
  readonly #settings: Settings;
  #count = 0;
  #left = 0;
  #growth = 0;

  /** `settings` have no problems. */
  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** `isFree`: all of the value is data. Returns the very same value where nothing was replaced. Throws `TooLarge`. */
  apply<T>(value: T, isFree = false): Redacted<T> {
    this.#count = 0;
    this.#left = REDACTION_BUDGET;
    this.#growth = MAX_GROWTH;
    const redacted = this.#value(value, isFree);
    return { value: this.#count === 0 ? value : (redacted as T), count: this.#count };
  }

  #value(value: unknown, isFree: boolean): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'number') return isFree ? this.#number(value, String(value)) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#value(item, isFree));
    if (isKeptNumber(value)) return isFree ? this.#number(value, JSON.stringify(value)) : value;
    return this.#object(value as Members, isFree);
  }

  #object(value: Members, isFree: boolean): Members {
    const isMedia = value['type'] === 'image' || value['type'] === 'audio';
    const members = new Map<string, unknown>();
    for (const [key, member] of Object.entries(value)) {
      const isKept = !isFree && (PROTOCOL.has(key) || (isMedia && key === 'data'));
      const name = isFree ? unusedIn(members, this.#text(key)) : key;
      members.set(name, isKept ? member : this.#value(member, isFree || FREE.has(key)));
    }
    return Object.fromEntries(members);
  }

  /** What is left of a number is no number. */
  #number(value: unknown, text: string): unknown {
    const redacted = this.#text(text);
    return redacted === text ? value : redacted;
  }

  #text(text: string): string {
    let current = text;
    for (const { regex, replace = DEFAULT_REPLACEMENT } of this.#settings)
      current = this.#replace(current, regex, replace);
    return current;
  }

  #replace(text: string, regex: string, replacement: string): string {
    this.#left -= text.length;
    if (this.#left < 0) throw new TooLarge();
    const matcher = regexFor(regex).matcher(text);
    const pieces: string[] = [];
    let at = 0;
    while (matcher.find()) {
      // An empty match covers nothing that could be hidden.
      if (matcher.end() === matcher.start()) continue;
      pieces.push(text.slice(at, matcher.start()), replacement);
      at = matcher.end();
      this.#count += 1;
      this.#growth -= replacement.length;
      if (this.#growth < 0) throw new TooLarge();
    }
    return pieces.length === 0 ? text : pieces.join('') + text.slice(at);
  }
}

function unusedIn(members: ReadonlyMap<string, unknown>, name: string): string {
  let unused = name;
  for (let number = 2; members.has(unused); number += 1) unused = `${name} (${number})`;
  return unused;
}
