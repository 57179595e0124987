/** A person at a terminal, and the home folder with their own configuration. */
import { PassThrough } from 'node:stream';
import { runCommandLine } from '../../server/src/cli/run.ts';
import { userSettingsFile } from '../../server/src/mcp/userSettings.ts';
import { makeFolder, type Folder } from './folder.ts';

/** As a person at a terminal, who types the code where `types` says so. */
export async function atTerminal(
  args: readonly string[],
  home: Folder,
  types: (code: string) => string = (code) => code,
  cwd = home.path,
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
    env: {},
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
