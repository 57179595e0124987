/** A real MCP client at the gateway of a workbench, by what the workbench shows and keeps. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { connectAgent, type Agent } from '../client.ts';
import type { Workbench } from './workbench.ts';

/** Takes the address from the lens that has `text`. */
export async function connectAtLens(
  workbench: Workbench,
  text: string | RegExp,
  server = 'files',
  name?: string,
): Promise<Agent> {
  const address = new RegExp(String.raw`http://127\.0\.0\.1:\d+/mcp/${server}`);
  const url = address.exec(await workbench.lens(text).innerText())?.[0];
  return await connectAgent(url ?? '', await readToken(workbench.dataDir), name);
}

/** `dataDir`: of a VS Code whose gateway has listened. */
async function readToken(dataDir: string): Promise<string> {
  for await (const file of glob('**/local.token', { cwd: dataDir })) {
    return (await readFile(path.join(dataDir, file), 'utf8')).trim();
  }
  throw new Error('the gateway has written no token');
}
