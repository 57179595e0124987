/**
 * Every notice, question and progress of the extension goes through here. VS Code makes a link of `[text](address)` in them, and one to
 * `command:` runs whatever it names when it is clicked: names and messages of agents, servers and workspaces must not be able to say that.
 */
import * as vscode from 'vscode';
import { withoutLinks } from '../webview/visible.ts';

interface Show {
  (message: string, ...buttons: readonly string[]): Thenable<string | undefined>;
  (message: string, options: vscode.MessageOptions, ...buttons: readonly string[]): Thenable<string | undefined>;
}

type Name = 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage';

const showing =
  (name: Name): Show =>
  (message: string, ...rest: readonly (string | vscode.MessageOptions)[]) =>
    vscode.window[name](withoutLinks(message), ...(rest as readonly string[]));

export const notices = {
  inform: showing('showInformationMessage'),
  warn: showing('showWarningMessage'),
  error: showing('showErrorMessage'),

  ask: (options: vscode.InputBoxOptions): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      ...options,
      ...(options.prompt !== undefined && { prompt: withoutLinks(options.prompt) }),
    }),

  progress: <Result>(
    options: vscode.ProgressOptions,
    task: (progress: Progress, token: vscode.CancellationToken) => Thenable<Result>,
  ): Thenable<Result> => vscode.window.withProgress({ ...options, title: withoutLinks(options.title ?? '') }, task),
};

type Progress = vscode.Progress<{ message?: string; increment?: number }>;
