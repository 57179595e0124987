/** All that the rules of risk look at in a tool, read once. Judges nothing. */
import { skeleton } from '../catalog/confusable.ts';
import { hasHiddenCharacters } from '../catalog/escape.ts';
import type { Tool, ToolAnnotations } from '../catalog/tool.ts';
import type { Claim } from './claim.ts';
import { readDescription, type Description } from './description.ts';
import { readHints } from './hints.ts';
import { readInputs, type CodeInput } from './inputs.ts';
import { textSignals } from './instructions.ts';
import { claimOfName } from './name.ts';
import { readParameters, type Parameters } from './parameters.ts';
import { nameSignals } from './signals.ts';
import type { Signal } from './verdict.ts';
import { nameWords, plainText } from './words.ts';

export interface Reading {
  readonly words: readonly string[];
  readonly description: Description;
  readonly parameters: Parameters;
  readonly hints: ToolAnnotations;
  readonly signals: readonly Signal[];
  /** The first parameter that takes code. */
  readonly code: CodeInput | undefined;
  /** The name is not what it looks like: hidden characters, or letters that pass for others. */
  readonly disguised: boolean;
  readonly named: Claim | undefined;
}

/** Never throws, whatever the tool object holds. */
export function readTool(tool: Tool): Reading {
  const name = nameWords(tool.name);
  const description = readDescription(plainText(text(tool.description) || text(tool.title)));
  const parameters = readParameters(tool.inputSchema);
  const inputs = readInputs(parameters, () => `${name.words.join(' ')}. ${description.text.slice(0, 400)}`);
  const disguised = hasHiddenCharacters(tool.name) || skeleton(tool.name) !== tool.name;
  return {
    words: name.words,
    description,
    parameters,
    hints: readHints(tool.annotations),
    signals: [...inputs.signals, ...nameSignals(name.words, parameters), ...textSignals(tool, parameters, disguised)],
    code: inputs.code,
    disguised,
    named: claimOfName(name),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
