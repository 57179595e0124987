/** What comes before a policy where no server is configured: a policy for nobody would lead a newcomer nowhere, so it is the last choice. */
import * as vscode from 'vscode';

/** `policy`: an empty one, for a server that will be named later. */
type Beginning = 'configuration' | 'demo' | 'policy';

/** `undefined`: the person wants none. */
export async function chooseBeginning(): Promise<Beginning | undefined> {
  const items: (vscode.QuickPickItem & { readonly beginning: Beginning })[] = [
    {
      label: `$(go-to-file) ${vscode.l10n.t('Open .vscode/mcp.json')}`,
      detail: vscode.l10n.t('Configure a server there, as for VS Code itself. Its policy is then made from its tools.'),
      beginning: 'configuration',
    },
    {
      label: `$(play) ${vscode.l10n.t('Try It with a Demo Server')}`,
      detail: vscode.l10n.t('A server that pretends, with a policy: nothing has to be installed.'),
      beginning: 'demo',
    },
    {
      label: `$(new-file) ${vscode.l10n.t('Create an Empty Policy')}`,
      detail: vscode.l10n.t('For a server that is configured later. It lists no tool and denies every call.'),
      beginning: 'policy',
    },
  ];
  const title = vscode.l10n.t('No MCP server is configured in this workspace.');
  const placeHolder = vscode.l10n.t('What is the policy to be for?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.beginning;
}
