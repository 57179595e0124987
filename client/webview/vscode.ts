/** The page's only way out: messages to the extension, and a state that VS Code keeps while the page is hidden. */

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** May be asked for once in a page's life. */
export const vscode = acquireVsCodeApi();
