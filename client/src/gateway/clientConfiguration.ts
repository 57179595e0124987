/**
 * The configurations that point an MCP client at the gateway. None of them holds a token: clients of the HTTP form ask for it or read it from
 * their environment, and the stdio form needs none. Pure.
 */
export interface ClientForm {
  readonly id: 'vscode' | 'claude-code' | 'cursor';
  /** Product name. */
  readonly label: string;
  /** Where the text belongs. */
  readonly file: string;
  /** How the client comes by the token. */
  readonly token: 'asked' | 'environment';
}

/** Environment variable that holds the token for clients that read it from there. */
export const TOKEN_VARIABLE = 'PORTCULLIS_TOKEN';
const TOKEN_INPUT = 'portcullis-token';

export const httpForms: readonly ClientForm[] = [
  { id: 'vscode', label: 'VS Code', file: '.vscode/mcp.json', token: 'asked' },
  { id: 'claude-code', label: 'Claude Code', file: '.mcp.json', token: 'environment' },
  { id: 'cursor', label: 'Cursor', file: '.cursor/mcp.json', token: 'environment' },
];

export function httpConfiguration(form: ClientForm['id'], server: string, url: string): string {
  const governed = `${server}-governed`;
  switch (form) {
    case 'vscode':
      return pretty({
        inputs: [
          { type: 'promptString', id: TOKEN_INPUT, description: 'Token of the Portcullis gateway', password: true },
        ],
        servers: { [governed]: { type: 'http', url, headers: bearer(`\${input:${TOKEN_INPUT}}`) } },
      });
    case 'claude-code':
      return pretty({ mcpServers: { [governed]: { type: 'http', url, headers: bearer(`\${${TOKEN_VARIABLE}}`) } } });
    case 'cursor':
      return pretty({ mcpServers: { [governed]: { url, headers: bearer(`\${env:${TOKEN_VARIABLE}}`) } } });
  }
}

/** `launcher`: a program that runs `portcullis` wherever the extension is at the moment. */
export function stdioConfiguration(server: string, launcher: string, args: readonly string[]): string {
  return pretty({ mcpServers: { [`${server}-governed`]: { command: launcher, args } } });
}

const bearer = (variable: string): { Authorization: string } => ({ Authorization: `Bearer ${variable}` });
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
