/** The grammar of policies, by the engine that VS Code colours with: which scopes each piece of a text has. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import onigurumaPackage from 'vscode-oniguruma';
import textmatePackage, { type IGrammar, type IRawGrammar } from 'vscode-textmate';

const root = path.resolve(import.meta.dirname, '../../..');
const { createOnigScanner, createOnigString, loadWASM } = onigurumaPackage;
const { INITIAL, parseRawGrammar, Registry } = textmatePackage;

let grammar: IGrammar;

beforeAll(async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await loadWASM(new Uint8Array(wasm).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: load,
  });
  const loaded = await registry.loadGrammar('source.json.mcp-policy');
  if (loaded === null) throw new Error('The grammar could not be loaded.');
  grammar = loaded;
});

async function load(): Promise<IRawGrammar> {
  const file = path.join(root, 'syntaxes', 'mcp-policy.tmLanguage.json');
  return parseRawGrammar(await readFile(file, 'utf8'), file);
}

/** `text: innermost scope` of each token that is more than space. */
function scopes(text: string): readonly string[] {
  let state = INITIAL;
  return text.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes: all }) => {
      const piece = line.slice(startIndex, endIndex).trim();
      return piece === '' ? [] : [`${piece}: ${all.at(-1)}`];
    });
  });
}

describe('the grammar', () => {
  it('lets what is decided stand out', () => {
    expect(scopes('{ "default": "deny", "action": "require_approval" }')).toEqual(
      expect.arrayContaining([
        '"deny": constant.language.decision.mcp-policy',
        '"require_approval": constant.language.decision.mcp-policy',
        'default: support.type.property-name.json',
      ]),
    );
  });

  it('takes no other value for a decision, nor the words elsewhere', () => {
    const other = scopes('{ "action": "maybe", "reason": "deny", "hide": ["deny"] }');
    expect(other.filter((scope) => scope.includes('decision'))).toEqual([]);
    expect(other).toContain('deny: string.quoted.double.json');
  });

  it('reads paths as variables, escapes in them included', () => {
    const path = '"path": "args[\\"a b\\"].c"';
    expect(scopes(`{ ${path}, "increment_from": "args.n" }`)).toEqual(
      expect.arrayContaining([
        '"args[\\"a b\\"].c": variable.parameter.path.mcp-policy',
        '"args.n": variable.parameter.path.mcp-policy',
      ]),
    );
    expect(scopes('{ "path": "elsewhere" }')).toContain('elsewhere: string.quoted.double.json');
  });

  it('tells keys, strings, numbers and constants apart, at any depth and over lines', () => {
    expect(scopes('{ "tools": {\n "a_*": { "limits": [\n{ "max": 1.5e3 }] }, "b": [true, null, "c"] } }')).toEqual(
      expect.arrayContaining([
        'tools: support.type.property-name.json',
        'a_*: support.type.property-name.json',
        '1.5e3: constant.numeric.json',
        'true: constant.language.json',
        'c: string.quoted.double.json',
      ]),
    );
  });

  it('shows escapes, and those that JSON does not have as errors', () => {
    expect(scopes('["\\n\\u00e9\\x"]')).toEqual(
      expect.arrayContaining([
        '\\n: constant.character.escape.json',
        '\\u00e9: constant.character.escape.json',
        '\\x: invalid.illegal.unrecognized-string-escape.json',
      ]),
    );
  });

  it('shows comments as the errors that they are', () => {
    expect(scopes('{ // no\n"a": 1 /* not\neither */ }').filter((scope) => scope.includes('comment'))).toEqual([
      '// no: invalid.illegal.comment.mcp-policy',
      '/*: invalid.illegal.comment.mcp-policy',
      'not: invalid.illegal.comment.mcp-policy',
      'either: invalid.illegal.comment.mcp-policy',
      '*/: invalid.illegal.comment.mcp-policy',
    ]);
  });

  it('ends a string without its quote with the line: what follows keeps its colours', () => {
    expect(scopes('{ "a": "open\n, "default": "deny" }')).toContain('"deny": constant.language.decision.mcp-policy');
  });
});
