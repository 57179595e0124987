/** VS Code: `.vscode/mcp.json` and the user profile's `mcp.json`. Root key `servers`, beside `inputs`. */
import path from 'node:path';
import { arrayAt, memberOf, stringAt } from '../../policy/json/access.ts';
import type { JsonNode, JsonObject } from '../../policy/json/node.ts';
import type { InputDefinition } from '../definition.ts';
import { readServers } from './entry.ts';
import type { Host, UserPlace } from './host.ts';

export const vscode: Host = {
  id: 'vscode',
  label: 'VS Code',
  workspaceFile: '.vscode/mcp.json',
  userFiles: (place) => [path.join(userFolder(place), 'mcp.json')],
  variables: 'colon',
  entry: { at: ['servers'], extra: { type: 'stdio' } },
  read: (root) => ({ ...readServers(root, ['servers']), inputs: readInputs(root) }),
};

/** Folder of the user's own settings; Cline keeps its file below it too. */
export function userFolder({ home, platform, env }: UserPlace): string {
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Code', 'User');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Code', 'User');
  return path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'Code', 'User');
}

const INPUT_TYPES = ['promptString', 'pickString', 'command'] as const;

/** Inputs that are half typed are left out: what needs them says so when it is resolved. */
function readInputs(root: JsonObject): readonly InputDefinition[] {
  return (arrayAt(root, 'inputs')?.items ?? []).flatMap((node) => readInput(node) ?? []);
}

function readInput(node: JsonNode): InputDefinition | undefined {
  const id = stringAt(node, 'id');
  const type = INPUT_TYPES.find((known) => known === stringAt(node, 'type'));
  if (id === undefined || type === undefined) return undefined;
  const [description, preset] = [stringAt(node, 'description'), stringAt(node, 'default')];
  const options = arrayAt(node, 'options')?.items.flatMap((item) => optionOf(item) ?? []);
  const password = memberOf(node, 'password');
  return {
    id,
    type,
    ...(description === undefined ? {} : { description }),
    ...(preset === undefined ? {} : { default: preset }),
    ...(password?.kind === 'boolean' ? { password: password.value } : {}),
    ...(options ? { options } : {}),
  };
}

/** Either a text or `{ "label", "value" }`. */
function optionOf(node: JsonNode): string | undefined {
  return node.kind === 'string' ? node.value : stringAt(node, 'value');
}
