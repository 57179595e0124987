/** What the parameters let a caller put in: code, paths, addresses, credentials. One signal for each, and whether code among them is run. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { remembering } from '../catalog/remembering.ts';
import type { Parameter, Parameters } from './parameters.ts';
import type { Signal } from './verdict.ts';
import {
  PARAMETER_SIGNALS,
  QUERY_LANGUAGES,
  QUERY_PARAMETERS,
  READ_LANGUAGES,
  type ParameterSignal,
} from './vocabulary/parameters.ts';

export interface Inputs {
  readonly signals: readonly Signal[];
  /** The first parameter that takes code. */
  readonly code: CodeInput | undefined;
}

export interface CodeInput {
  /** For example `free-form SQL in "query"`. */
  readonly text: string;
  /** A program text, which a tool may also just keep or look at. */
  readonly program: boolean;
}

type Finding = Pick<ParameterSignal, 'code' | 'what' | 'program'>;

/** What each parameter lets a caller do. `context` gives the tool's name in words and the start of its description; few parameters need it. */
export function readInputs(parameters: Parameters, context: () => string): Inputs {
  const found: (Finding & { readonly text: string })[] = [];
  for (const parameter of parameters.list) {
    const finding = parameter.freeText ? findingOf(parameter, context) : undefined;
    if (finding)
      found.push({ ...finding, text: `${finding.what} in "${escapeUntrusted(parameter.name, { max: 80 })}"` });
  }
  const code = found.find((finding) => finding.code === 'free-form-code');
  return {
    signals: found.map((finding) => ({ code: finding.code, text: finding.text })),
    code: code && { text: code.text, program: code.program === true },
  };
}

function findingOf(parameter: Parameter, context: () => string): Finding | undefined {
  const known = byName(parameter.plain);
  if (known !== undefined) {
    const counts = known.near === undefined || known.near.test(parameter.description) || known.near.test(context());
    return counts ? known : undefined;
  }
  return QUERY_PARAMETERS.test(parameter.plain) ? queryFinding(`${parameter.description} ${context()}`) : undefined;
}

function queryFinding(context: string): Finding | undefined {
  const reading = READ_LANGUAGES.exec(context)?.[0];
  if (reading !== undefined) return { code: 'free-form-query', what: `free-form ${reading}, which only reads,` };
  const language = QUERY_LANGUAGES.exec(context)?.[0];
  if (language === undefined) return undefined;
  return { code: 'free-form-code', what: `free-form ${/sql$/i.test(language) ? 'SQL' : language}` };
}

const byName = remembering((plain) => PARAMETER_SIGNALS.find((signal) => signal.name.test(plain)), { longest: 256 });
