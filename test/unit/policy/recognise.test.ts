import { describe, expect, test } from 'vitest';
import { looksLikePolicy } from '../../../server/src/policy/index.ts';

describe('an MCP policy', () => {
  test.each([
    ['{ "version": "1", "default": "deny" }'],
    ['{ "default": "allow" }'],
    ['{ "all_tools": {} }'],
    ['{ "$schema": "./node_modules/portcullis/schemas/policy.schema.json" }'],
    ['{ "version": "1", "tools": { "version": {} } }'],
    ['{ "version": "1", "hide": [] }'],
    ['\n// a comment\n{ "version": "1", "default": "deny", }'],
  ])('%s', (text) => {
    expect(looksLikePolicy(text)).toBe(true);
  });

  test.each([
    ['{ "version": "1"'],
    ['{ "version": "1", "'],
    ['{ "version": "1", "def'],
    ['{ "version": "1", "default": "deny", "tools": { "pay": { "deny_if": ['],
    ['{ "default": "deny" "version" }'],
    ['{ "version": "1", "defualt": "deny", "tools": {} }'],
  ])('while it is being typed: %s', (text) => {
    expect(looksLikePolicy(text)).toBe(true);
  });
});

describe('other products', () => {
  test.each([
    ['AWS IAM', '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }'],
    ['container images', '{ "default": [{ "type": "insecureAcceptAnything" }], "transports": {} }'],
    ['Azure', '{ "properties": { "mode": "All", "policyRule": { "if": {}, "then": {} } } }'],
    ['Google Cloud', '{ "bindings": [], "etag": "x", "version": 1 }'],
    ['Vault', '{ "path": { "secret/*": { "capabilities": ["read"] } } }'],
    ['a default of its own', '{ "version": "1", "id": 1, "rules": [], "effect": "x", "default": "deny" }'],
    ['a version of its own', '{ "version": "1", "policies": [] }'],
    ['keys deeper down', '{ "policy": { "version": "1", "default": "deny", "tools": {} } }'],
    ['an array', '[{ "version": "1", "default": "deny" }]'],
    ['nothing', ''],
    ['an empty object', '{}'],
    ['no JSON', 'version = 1'],
  ])('%s', (_, text) => {
    expect(looksLikePolicy(text)).toBe(false);
  });

  test('any text can be asked about', () => {
    for (const text of ['{"a":'.repeat(200_000), '['.repeat(200_000), '"'.repeat(1_000), '{'.repeat(10), '\u0000{']) {
      expect(looksLikePolicy(text)).toBe(false);
    }
  });
});
