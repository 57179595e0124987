/** Texts from servers in hovers: shown, never obeyed. */
import { MarkupKind } from 'vscode-languageserver';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json, list, paragraph, render, type Inline } from '../../server/src/language/document/prose.ts';

const markdown = (...parts: readonly Inline[]): string => render([paragraph(...parts)], MarkupKind.Markdown).value;

describe('text for people', () => {
  it.each([
    ['a link', '[click](https://evil.example)'],
    ['an image', '![x](https://evil.example/p.png)'],
    ['a command', '[run](command:workbench.action.terminal.new)'],
    ['HTML', '<img src=x onerror=alert(1)> &lt;b&gt;'],
    ['a bare address', 'see https://evil.example and www.evil.example or me@evil.example'],
    ['a reference', '[a]: https://evil.example'],
    ['a heading or rule', '# Trusted\n---\n***'],
    ['an icon', '$(verified) safe'],
  ])('keeps %s from meaning anything', (_, hostile) => {
    const shown = markdown(hostile);
    // Every character with a meaning in Markdown stands behind a backslash of its own.
    expect(shown.replaceAll(/\\[!-/:-@[-`{-~]/g, '')).toMatch(/^[A-Za-z0-9 \u0080-\u{10ffff}]*$/u);
    expect(shown.replaceAll('\\', '')).toBe(hostile.replaceAll(/\s+/g, ' '));
  });

  it('cannot be left: any text stays one line of escaped characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(markdown(text).replaceAll(/\\[!-/:-@[-`{-~]/g, '')).toMatch(/^[^\n!-/:-@[-`{-~]*$/u);
      }),
    );
  });

  it('keeps code and JSON inside their fences, whatever backticks they hold', () => {
    expect(markdown({ code: 'a``b`' })).toBe('``` a``b` ```');
    const { value } = render([json('{ "x": "```\\n[a](b)" }')], MarkupKind.Markdown);
    expect(value.startsWith('````json\n') && value.endsWith('\n````')).toBe(true);
  });

  it('ends bold text where Markdown sees its end', () => {
    expect(markdown({ bold: 'Why: ' }, 'so')).toBe('**Why\\:** so');
  });

  it('shows characters that are invisible or turn the direction', () => {
    expect(markdown('pay\u202ename\u200b')).not.toMatch(/[\u202e\u200b]/u);
  });

  it('cuts what is too long', () => {
    expect(markdown('x'.repeat(100_000)).length).toBeLessThan(1_100);
  });

  it('is plain text for editors without Markdown', () => {
    const { value } = render([paragraph({ bold: 'Why: ' }, 'a*b'), list(['one'], ['two'])], MarkupKind.PlainText);
    expect(value).toBe('Why: a*b\n\n- one\n- two');
  });
});
