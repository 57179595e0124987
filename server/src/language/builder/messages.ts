/** The requests of protocol/language.ts that are the policy builder's. */
import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageMessages } from '../../protocol/language.ts';
import type { PolicyFormParams, PolicyPlaceParams } from '../../protocol/policyForms.ts';
import type { PolicyChangeParams, PolicyChangeResult, PolicyToolsParams } from '../../protocol/policyTools.ts';
import { PolicyView } from '../document/policy-view.ts';
import type { Session } from '../session.ts';
import { changePolicy, type Change } from './change.ts';
import { changeRule } from './forms/edit.ts';
import { ruleForm } from './forms/form.ts';
import { ownerAt } from './forms/owner.ts';
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
    safe.request('policyChange', null, (params: PolicyChangeParams) =>
      change(viewOf(session, params), params, session),
    ),
  );
  handleFormMessages(connection, session);
}

function handleFormMessages(connection: Connection, session: Session): void {
  const { safe, workspace } = session;
  connection.onRequest(
    languageMessages.policyForm,
    safe.request('policyForm', null, (params: PolicyFormParams) => {
      const view = viewOf(session, params);
      return ruleForm(view, workspace.toolsFor(view), params.owner) ?? null;
    }),
  );
  connection.onRequest(
    languageMessages.policyPlace,
    safe.request('policyPlace', null, (params: PolicyPlaceParams) => {
      const view = viewOf(session, params);
      return view.policy ? (ownerAt(view.policy, view.offsetAt(params.position)) ?? null) : null;
    }),
  );
}

/** A rule is changed by what the tools' schemas say, too. */
function change(view: PolicyView, { change: asked }: PolicyChangeParams, session: Session): PolicyChangeResult {
  const { policy } = view;
  if (policy === undefined) return null;
  if (asked.kind !== 'rule') return changed(view, changePolicy(policy, asked));
  const made = changeRule(policy, asked.owner, asked.edit, session.workspace.toolsFor(view));
  const unchanged = { changed: 0, conditional: 0, kept: [] };
  if (!made.ok) return { ...unchanged, edits: [], problem: made.problem };
  return changed(view, { ...unchanged, changes: made.changes, text: made.text });
}

function changed(view: PolicyView, made: Change | undefined): PolicyChangeResult {
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
