/** A person's consent, given in a shell: only where the user's own configuration allows that, on a terminal, by typing a code that is shown. */
import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { readUserSettings } from '../mcp/index.ts';
import { UsageError, type Io } from './command.ts';

/** `what`: as in "A shell may not … here". Throws `UsageError`. */
export function demandPermission(what: string, io: Io): void {
  const { settings, file, problem } = readUserSettings(io.userHome, process.platform);
  if (problem !== undefined) throw new UsageError(problem);
  if (!settings.shellDecides)
    throw new UsageError(
      `A shell may not ${what} here: agents can have one. Decide in the editor, or write { "approvals": { "shell": true } } into ${file} and start the gateway again.`,
    );
  if (!io.terminal.isInteractive)
    throw new UsageError('A person decides on a terminal only, by typing a code: this is none.');
}

/** Letters and digits that look like no other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** `purpose`: as in "To …, type the code". */
export async function typesCode(purpose: string, io: Io): Promise<boolean> {
  const code = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const lines = createInterface({ input: io.stdin });
  const typed = new Promise<string>((resolve) => lines.once('line', resolve).once('close', () => resolve('')));
  io.out(`To ${purpose}, type ${code} and press Enter: `);
  const isRight = (await typed).trim() === code;
  lines.close();
  return isRight;
}
