/** Which files `portcullis test` means by the paths that it is given. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './command.ts';

const SUFFIX = '.policy-test.json';

/**
 * A file stands for itself, a folder for every `*.policy-test.json` in it and below, sorted; not in `node_modules`, in folders whose names begin
 * with a dot, or behind links. Throws `UsageError` for a folder without any: a check that checks nothing must not look fine.
 */
export async function findTestFiles(names: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => filesOf(name, cwd)));
  return [...new Map(found.flat().map((file) => [path.resolve(cwd, file), file])).values()];
}

async function filesOf(name: string, cwd: string): Promise<readonly string[]> {
  const isFolder = await stat(path.resolve(cwd, name)).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isFolder) return [name];
  const files = await below(name, cwd);
  if (files.length > 0) return files;
  throw new UsageError(`${name} holds no policy tests: their names end in "${SUFFIX}".`);
}

async function below(folder: string, cwd: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder, cwd);
  const found = entries.map(async (entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return /^\.|^node_modules$/.test(entry.name) ? [] : below(file, cwd);
    return entry.isFile() && entry.name.endsWith(SUFFIX) ? [file] : [];
  });
  return (await Promise.all(found)).flat().sort();
}

async function entriesOf(folder: string, cwd: string) {
  try {
    return await readdir(path.resolve(cwd, folder), { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
