/** The requests of protocol/language.ts that are the policy builder's. */
import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageMessages } from '../../protocol/language.ts';
import type { PolicyChangeParams, PolicyChangeResult, PolicyToolsParams } from '../../protocol/policyTools.ts';
import { PolicyView } from '../document/policy-view.ts';
import type { Session } from '../session.ts';
import { changePolicy } from './change.ts';
import { policyTools } from './tools.ts';

export function handleBuilderMessages(connection: Connection, session: Session): void {
  const { safe, workspace } = session;
  connection.onRequest(
    languageMessages.policyTools,
    safe.request('policyTools', null, (params: PolicyToolsParams) => {
      const view = viewOf(session, params);
      workspace.want(view);
      return policyTools(view, workspace.toolsFor(view));
    }),
  );
  connection.onRequest(
    languageMessages.policyChange,
    safe.request('policyChange', null, (params: PolicyChangeParams) => change(viewOf(session, params), params)),
  );
}

function change(view: PolicyView, params: PolicyChangeParams): PolicyChangeResult {
  const made = view.policy && changePolicy(view.policy, params.change);
  if (made === undefined) return null;
  const { changes, text, place, changed, conditional, kept } = made;
  const after = new PolicyView(TextDocument.create(view.uri, 'mcp-policy', 0, text));
  return {
    edits: changes.map((each) => ({ range: view.range(each.span), newText: each.text })),
    changed,
    conditional,
    kept,
    ...(place && { place: after.range(place) }),
  };
}

/** The editor says the text: a document that is not yet known to be a policy is not open here. */
function viewOf({ policies }: Session, { uri, text }: PolicyToolsParams): PolicyView {
  const open = policies.view(uri);
  return open?.text === text ? open : new PolicyView(TextDocument.create(uri, 'mcp-policy', 0, text));
}
