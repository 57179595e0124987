/** A trace as a text to read beside the call: the verdict, each step, what was compared with what. Values are data and escaped. */
import type { Position, Range } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';
import type { Trace, TracedTest, TraceStep } from '../../policy/index.ts';
import type { Span } from '../../policy/json/node.ts';

export interface TraceText {
  readonly text: string;
  /** Places in the text that name a rule, and where that rule stands in the policy. */
  readonly rules: readonly { readonly range: Range; readonly span: Span }[];
}

interface Line {
  readonly text: string;
  /** The line is the name of a rule that stands there. */
  readonly span?: Span;
}

const VERDICTS = { allow: 'ALLOWED', deny: 'DENIED', needs_approval: 'NEEDS APPROVAL' } as const;
const SIGNS = { passes: '✓', denies: '✗', asks: '?' } as const;
const TRUTHS = { holds: 'holds', fails: 'does not hold', unknown: 'cannot be compared' } as const;

const INDENT = '      ';
/** A policy's own texts are cut there. */
const MAX_LINE = 2_000;

export function traceText({ decision, steps }: Trace): TraceText {
  const lines: readonly Line[] = [
    { text: [VERDICTS[decision.decision], decision.rule].filter((part) => part !== '').join('  ') },
    ...(decision.message === '' ? [] : [{ text: decision.message }]),
    { text: '' },
    ...steps.flatMap(stepLines),
    { text: '' },
    { text: 'Counters start at zero here. Nothing was sent to the server.' },
  ];
  const shown = lines.map(({ text }) => escapeUntrusted(text, { max: MAX_LINE }));
  const rules = lines.flatMap(({ span }, line) => (span ? [{ range: nameIn(shown[line] ?? '', line), span }] : []));
  return { text: `${shown.join('\n')}\n`, rules };
}

/** The steps alone, escaped, a line each and the values compared below. */
export function stepsText(steps: readonly TraceStep[]): string {
  return steps
    .flatMap(stepLines)
    .map(({ text }) => escapeUntrusted(text))
    .join('\n');
}

function stepLines({ step, outcome, text, rule, span, tests }: TraceStep): readonly Line[] {
  return [
    { text: `${String(step).padStart(2)}  ${SIGNS[outcome]} ${text}` },
    ...(rule === undefined ? [] : [{ text: INDENT + rule, ...(span && { span }) }]),
    ...tests.flatMap(testLines),
  ];
}

function testLines({ text, values }: TracedTest): readonly Line[] {
  if (values.length === 0) return [{ text: `${INDENT}${text}: there is no value` }];
  return values.map(({ value, truth }) => ({ text: `${INDENT}${text}: ${value} (${TRUTHS[truth]})` }));
}

function nameIn(text: string, line: number): Range {
  const at = (character: number): Position => ({ line, character });
  return { start: at(INDENT.length), end: at(text.length) };
}
