/** The traces of calls that are tried out: read-only texts, in which the name of a rule leads to where it stands in the policy. */
import * as vscode from 'vscode';
import type { EvaluateResult } from '../../../server/src/protocol/language.ts';
import { rangeOf } from '../views/range.ts';

const TRACE_SCHEME = 'portcullis-trace';

type Decided = Extract<EvaluateResult, { kind: 'decision' }>;

export class TraceDocuments implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider {
  readonly #decisions = new Map<string, Decided>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(TRACE_SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: TRACE_SCHEME }, this),
    );
  }

  /** The last decision stays while the call is no call. */
  set(call: vscode.Uri, decision: Decided): void {
    const uri = traceOf(call);
    this.#decisions.set(uri.toString(), decision);
    this.#changed.fire(uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#decisions.get(uri.toString())?.trace ?? '';
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    const links = this.#decisions.get(uri.toString())?.links ?? [];
    const policy = vscode.Uri.parse(uri.query);
    return links.map(({ range, target: { start } }) => {
      const place = policy.with({ fragment: `L${start.line + 1},${start.character + 1}` });
      return new vscode.DocumentLink(rangeOf(range), place);
    });
  }
}

/** Where the trace of a call is. */
export function traceOf(call: vscode.Uri): vscode.Uri {
  return call.with({ scheme: TRACE_SCHEME, path: call.path.replace(/\.mcp-call\.json$/, '.mcp-trace') });
}
