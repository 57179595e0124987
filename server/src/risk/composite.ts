/** Tools that can do several things: a parameter with listed values names the operation, and the worst one counts. */
import { escapeUntrusted } from '../catalog/escape.ts';
import { worst, type Claim } from './claim.ts';
import { claimOfName } from './name.ts';
import type { Parameter } from './parameters.ts';
import { OPERATION_PARAMETERS } from './vocabulary/parameters.ts';
import { nameWords } from './words.ts';

/** Beside one of these, "add" is a sum. */
const ARITHMETIC = new Set(['subtract', 'multiply', 'divide']);

interface Operation extends Claim {
  readonly value: string;
}

/** The worst operation that a parameter such as `action` or `method` offers. A value without a known verb claims nothing. */
export function claimOfOperations(parameters: readonly Parameter[]): Claim | undefined {
  for (const parameter of parameters) {
    if (!OPERATION_PARAMETERS.has(parameter.plain) || parameter.values.some((value) => ARITHMETIC.has(value))) continue;
    const found = worst(parameter.values.flatMap((value) => operation(value)));
    if (!found) continue;
    const why = `The parameter "${shown(parameter.name)}" offers "${shown(found.value)}".`;
    return { category: found.category, strength: found.strength, why };
  }
  return undefined;
}

function operation(value: string): readonly Operation[] {
  const claim = claimOfName(nameWords(value));
  return claim ? [{ ...claim, value }] : [];
}

function shown(text: string): string {
  return escapeUntrusted(text, { max: 60 });
}
