import { describe, expect, test } from 'vitest';
import { locateRule } from '../../../server/src/policy/index.ts';
import { policy } from '../../support/policy.ts';

const TEXT = `{
  "version": "1", "default": "deny", "hide": ["a_*", "secret"],
  "all_tools": { "limits": [{ "counter": "all", "window": "day", "max": 9 }] },
  "tools": {
    "a/b": {
      "action": "deny",
      "deny_if": [{ "path": "args.n", "op": "gt", "value": 1 }, { "path": "args.n", "op": "gt", "value": 2 }],
      "require": [{ "id": "ok", "path": "args.ok", "op": "exists" }],
      "rate_limit": { "max": 1, "window": 2 }
    },
    "ask": { "action": "require_approval", "approval": { "timeout": 5 } },
    "as*": { "action": "require_approval" }
  }
}`;

function found(rule: string, tool: string): string | undefined {
  const span = locateRule(policy(TEXT), rule, tool);
  return span && TEXT.slice(span.start, span.end);
}

describe('where the rule of a log record stands', () => {
  test.each([
    ['(hidden)', 'secret', '"secret"'],
    ['(hidden)', 'a_1', '"a_*"'],
    ['(default deny)', 'other', '"deny"'],
    ['/tools/a~1b/action', 'a/b', '"deny"'],
    ['/tools/a~1b/deny_if/args.n-gt-2', 'a/b', '{ "path": "args.n", "op": "gt", "value": 2 }'],
    ['/tools/a~1b/require/ok', 'a/b', '{ "id": "ok", "path": "args.ok", "op": "exists" }'],
    ['/tools/a~1b/rate_limit', 'a/b', '{ "max": 1, "window": 2 }'],
    ['/all_tools/limits/all', 'a/b', '{ "counter": "all", "window": "day", "max": 9 }'],
    ['/tools/ask/approval', 'ask', '{ "timeout": 5 }'],
    ['/tools/as*/approval', 'asx', '"require_approval"'],
  ])('%s of %s', (rule, tool, text) => {
    expect(found(rule, tool)).toBe(text);
  });

  test.each([
    ['(no policy)', 'x'],
    ['(unsafe name)', 'a b'],
    ['(unknown tool)', 'x'],
    ['(hidden)', 'shown'],
    ['/tools/gone/action', 'gone'],
    ['/tools/a~1b/deny_if/args.n-gt-3', 'a/b'],
    ['', 'a/b'],
    ['nonsense', 'a/b'],
  ])('%s of %s stands nowhere', (rule, tool) => {
    expect(found(rule, tool)).toBeUndefined();
  });
});
