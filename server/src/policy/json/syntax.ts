/** What the reader says about text that is not JSON. Messages for people: what stands there, and what should. */
import type { JsonObject, JsonArray, JsonProblem, Span } from './node.ts';

/** Ends a reading. Never leaves the json folder. */
export class Unreadable extends Error {
  readonly problem: JsonProblem;

  constructor(problem: JsonProblem) {
    super(problem.message);
    this.problem = problem;
  }

  static syntax(message: string, start: number, end: number): Unreadable {
    return new Unreadable({ code: 'json-syntax', message, start, end });
  }
}

/** For a place where `expected` should stand. */
export function unexpectedToken(text: string, at: number, expected: string): Unreadable {
  if (at >= text.length) {
    return Unreadable.syntax(`The document ends too early: ${expected} is missing here.`, text.length, text.length);
  }
  const token = tokenAt(text, at);
  return Unreadable.syntax(
    explanation(token) ?? `Expected ${expected}, found ${quoted(token)}.`,
    at,
    at + token.length,
  );
}

/** For a place after a complete value inside a container. */
export function expectedCommaOr(text: string, at: number, kind: (JsonObject | JsonArray)['kind']): Unreadable {
  return unexpectedToken(text, at, kind === 'object' ? 'a comma or "}"' : 'a comma or "]"');
}

export function duplicateKey(name: string, key: Span, first: Span): JsonProblem {
  const message = `The key ${JSON.stringify(name)} stands twice in this object. Keep one of the two.`;
  return { code: 'json-duplicate-key', message, ...key, related: first };
}

export function overflow(start: number, end: number): JsonProblem {
  return {
    code: 'json-number-overflow',
    message: 'This number is too large for JSON readers. Write a smaller one.',
    start,
    end,
  };
}

function tokenAt(text: string, at: number): string {
  const rest = text.slice(at, at + 40);
  return /^(?:\/\/[^\r\n]*|\/\*|[A-Za-z0-9_$.+-]+|'[^'\r\n]*'?|[^])/u.exec(rest)?.[0] ?? rest.charAt(0);
}

function explanation(token: string): string | undefined {
  if (token.startsWith('//') || token === '/*') return 'JSON has no comments. Remove this one, or use "description".';
  if (token.startsWith("'")) return 'JSON strings stand in double quotes. Replace the single quotes.';
  if (token === ',') return 'Nothing stands before this comma. Remove it, or write the missing item.';
  if (/^[+.0-9-]/.test(token)) return `${quoted(token)} is no JSON number. Write it like 12, -0.5 or 1e3.`;
  return undefined;
}

function quoted(token: string): string {
  return JSON.stringify(token);
}
