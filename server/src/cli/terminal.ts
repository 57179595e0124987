/** What the place that prints is able to show: how wide it is, and whether it has colours. */

export interface Terminal {
  /** Columns; absent where lines may have any length, as in a file. */
  readonly width?: number;
  readonly colour: boolean;
  /** A person reads it, and types at the same place. */
  readonly isInteractive?: boolean;
}

type Output = Pick<NodeJS.WriteStream, 'isTTY'> & Partial<Pick<NodeJS.WriteStream, 'columns' | 'hasColors'>>;

/** `COLUMNS` overrules the width; `NO_COLOR` (no-color.org) and `FORCE_COLOR` overrule what the terminal says of itself, in this order. */
export function readTerminal(output: Output, env: NodeJS.ProcessEnv, input?: Pick<Output, 'isTTY'>): Terminal {
  const stated = /^[1-9]\d{0,4}$/.test(env['COLUMNS'] ?? '') ? Number(env['COLUMNS']) : undefined;
  const width = stated ?? (output.isTTY ? output.columns : undefined);
  const isInteractive = output.isTTY === true && input?.isTTY === true;
  return {
    ...(width !== undefined && { width }),
    colour: hasColour(output, env),
    ...(isInteractive && { isInteractive }),
  };
}

function hasColour(output: Output, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return output.isTTY && output.hasColors?.(16, env) === true;
}

const CODES = { red: 31, yellow: 33, blue: 34, green: 32, dim: 2 } as const;
export type Colour = keyof typeof CODES;

/** Colour only underlines what the words say. */
export function paint(text: string, colour: Colour, terminal: Terminal): string {
  return terminal.colour ? `\u001B[${CODES[colour]}m${text}\u001B[0m` : text;
}
