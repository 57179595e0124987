/** A person at a terminal, and the home folder with their own configuration. */
import { PassThrough } from 'node:stream';
import { runCommandLine } from '../../server/src/cli/run.ts';
import { userSettingsFile } from '../../server/src/mcp/userSettings.ts';
import { makeFolder, type Folder } from './folder.ts';

interface Sitting {
  /** What is typed where a code is shown; by default the code. */
  readonly types?: (code: string) => string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** As a person at a terminal. */
export async function atTerminal(
  args: readonly string[],
  home: Folder,
  { types = (code) => code, cwd = home.path, env = {} }: Sitting = {},
): Promise<{ code: number; out: string; err: string }> {
  const stdin = new PassThrough();
  let [out, err] = ['', ''];
  const code = await runCommandLine(args, {
    out(text) {
      out += text;
      const shown = /type (\w{6}) and/.exec(text)?.[1];
      if (shown !== undefined) stdin.write(`${types(shown)}\n`);
    },
    err: (text) => (err += text),
    terminal: { colour: false, isInteractive: true },
    stdin,
    cwd,
    env,
    userHome: home.path,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

export async function homeWith(approvals?: object): Promise<Folder> {
  const home = await makeFolder();
  const file = userSettingsFile(home.path, process.platform).slice(home.path.length + 1);
  if (approvals) await home.write(file, JSON.stringify({ approvals }));
  return home;
}
