/** From the text of a client's file to the tree that its reader walks, whatever the format. */
import type { Host } from './host.ts';
import { readJsonc, type JsoncReading } from './jsonc.ts';
import { readToml } from './toml.ts';

export const readText = ({ format }: Pick<Host, 'format'>, text: string): JsoncReading =>
  format === 'toml' ? readToml(text) : readJsonc(text);
