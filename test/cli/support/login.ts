/** `portcullis login` as a process, and the person in front of it. */
import { spawn } from 'node:child_process';
import { bundle } from '../../support/cli.ts';

export interface LoginRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `portcullis <args…>`; `consent` is given the address that it prints, as soon as it does. */
export async function runLogin(
  args: readonly string[],
  consent: (page: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<LoginRun> {
  const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  let agreed: Promise<unknown> | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    const page = /^https?:\S+$/m.exec(err)?.[0];
    if (page !== undefined && err.includes('\n\nWaiting')) agreed ??= consent(page);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await agreed;
  return { code, out, err };
}
