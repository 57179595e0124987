/** The messages of protocol/language.ts. */
import type { CancellationToken, Connection, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { locateRule } from '../policy/index.ts';
import {
  languageMessages,
  type CallTemplateParams,
  type CallTemplateResult,
  type EvaluateParams,
  type EvaluateResult,
  type ExcuseEditParams,
  type ExcuseEditResult,
  type LocateRuleParams,
  type LocateRuleResult,
  type PolicyOffersParams,
  type PolicyOffersResult,
  type RefreshToolsParams,
  type RuleEditParams,
  type RuleEditResult,
  type RuntimeParams,
  type ToolDocumentParams,
  type ToolStatesParams,
  type ToolStatesResult,
} from '../protocol/language.ts';
import type { LimitsReport } from '../protocol/limits.ts';
import { handleBuilderMessages } from './builder/messages.ts';
import { pathOf } from './client-features.ts';
import { PolicyView } from './document/policy-view.ts';
import { handleConnections } from './connect-messages.ts';
import { callTemplate } from './features/call-template.ts';
import { evaluate } from './features/evaluate.ts';
import { excuseChanges } from './features/excuse.ts';
import { offerChanges, offerPolicies } from './features/policy-offers.ts';
import { ruleChanges } from './features/rule-edit.ts';
import { toolStates } from './features/tool-states.ts';
import { toolOf, toolText } from './features/tool-document.ts';
import { handleRecordedCase, handleReplay } from './replay/messages.ts';
import { handleTestMessages } from './policy-tests/messages.ts';
import type { Session } from './session.ts';

export function handleMessages(connection: Connection, session: Session): void {
  const { safe, lists, workspace, announcer } = session;
  connection.onNotification(languageMessages.runtime, ({ trusted, tools, denials }: RuntimeParams) =>
    safe.run('runtime', () => {
      workspace.setDenials(denials ?? []);
      lists.setRuntime(trusted, tools);
      announcer.surroundingsChanged();
    }),
  );
  connection.onNotification(languageMessages.limits, (report: LimitsReport) =>
    safe.run('limits', () => workspace.setLimits(report)),
  );
  connection.onRequest(
    languageMessages.refreshTools,
    safe.request('refreshTools', null, (params: RefreshToolsParams, token) => refresh(session, params, token)),
  );
  connection.onRequest(
    languageMessages.locateRule,
    safe.request('locateRule', null, (params: LocateRuleParams) => locate(session, params)),
  );
  connection.onRequest(
    languageMessages.policyOffers,
    safe.request('policyOffers', null, (params: PolicyOffersParams, token) => offer(session, params, token)),
  );
  handleEdits(connection, session);
  handleTools(connection, session);
  handleTrials(connection, session);
  handleConnections(connection, session);
  handleTestMessages(connection, session);
  handleBuilderMessages(connection, session);
  handleReplay(connection, session, viewOf);
  handleRecordedCase(connection, session);
}

/** Edits that the editor makes on a person's word. */
function handleEdits(connection: Connection, session: Session): void {
  const { safe } = session;
  connection.onRequest(
    languageMessages.ruleEdit,
    safe.request('ruleEdit', null, (params: RuleEditParams) => editRule(session, params)),
  );
  connection.onRequest(
    languageMessages.excuseEdit,
    safe.request('excuseEdit', { problem: 'portcullis.json could not be edited.' }, excuse),
  );
}

/** What is known of tools. */
function handleTools(connection: Connection, session: Session): void {
  const { safe, workspace } = session;
  connection.onRequest(
    languageMessages.toolDocument,
    safe.request('toolDocument', null, ({ uri }: ToolDocumentParams): string | null => {
      const [server, tool] = toolOf(uri) ?? [];
      if (server === undefined || tool === undefined) return null;
      return toolText(tool, workspace.catalog(server)) ?? null;
    }),
  );
  connection.onRequest(
    languageMessages.toolStates,
    safe.request('toolStates', null, ({ server }: ToolStatesParams) => statesOf(session, server)),
  );
}

/** Calls that are tried out. */
function handleTrials(connection: Connection, session: Session): void {
  const { safe, workspace } = session;
  connection.onRequest(
    languageMessages.callTemplate,
    safe.request('callTemplate', null, async ({ policyUri, tool }: CallTemplateParams): Promise<CallTemplateResult> => {
      const view = await viewOf(session, policyUri);
      return view === undefined ? null : callTemplate(tool, workspace.toolsFor(view), view.policy);
    }),
  );
  connection.onRequest(
    languageMessages.evaluate,
    safe.request('evaluate', null, async ({ policyUri, call }: EvaluateParams): Promise<EvaluateResult | null> => {
      const view = await viewOf(session, policyUri);
      return view === undefined ? null : evaluate(view, call, workspace.toolsFor(view));
    }),
  );
}

async function refresh(session: Session, { server }: RefreshToolsParams, token: CancellationToken): Promise<null> {
  await session.reload();
  const definition = session.workspace.server(server);
  if (definition === undefined) return null;
  const stop = new AbortController();
  token.onCancellationRequested(() => stop.abort());
  await session.lists.refresh(definition, stop.signal);
  return null;
}

async function statesOf(session: Session, server: string): Promise<ToolStatesResult> {
  const catalog = session.workspace.catalog(server);
  if (catalog === undefined) return null;
  const uri = session.workspace.report().servers.find(({ name }) => name === server)?.policyUri;
  const view = uri === undefined ? undefined : await viewOf(session, uri);
  return toolStates(server, catalog, view?.policy);
}

/** `null`: no such server is configured, or the policy cannot be read. */
async function offer(
  session: Session,
  { server, policyUri }: PolicyOffersParams,
  token: CancellationToken,
): Promise<PolicyOffersResult | null> {
  await refresh(session, { server }, token);
  if (session.workspace.server(server) === undefined) return null;
  const catalog = session.lists.catalog(server);
  if (catalog === undefined || catalog.tools.length === 0) {
    const { problem } = session.lists.state(server);
    return { kind: 'no tools', ...(problem !== undefined && { problem }) };
  }
  if (policyUri === undefined) return offerPolicies(catalog, server);
  const view = await viewOf(session, policyUri);
  return view === undefined ? null : offerChanges(view, catalog);
}

async function locate(session: Session, { uri, rule, tool }: LocateRuleParams): Promise<LocateRuleResult> {
  const view = await viewOf(session, uri);
  const span = view?.policy && locateRule(view.policy, rule, tool);
  return span === undefined || view === undefined ? null : view.range(span);
}

async function editRule(session: Session, { uri, tool, change }: RuleEditParams): Promise<RuleEditResult> {
  const view = await viewOf(session, uri);
  const changes = view && ruleChanges(view.text, tool, change);
  if (view === undefined || changes === undefined) return null;
  return changes.map(({ span, text }) => ({ range: view.range(span), newText: text }));
}

function excuse({ text, ...excused }: ExcuseEditParams): ExcuseEditResult {
  const excusing = excuseChanges(text, excused);
  if (!excusing.ok) return { problem: excusing.problem };
  const document = TextDocument.create('', 'json', 0, text);
  const place = (offset: number): Position => document.positionAt(offset);
  return {
    edits: excusing.changes.map(({ span, text: newText }) => ({
      range: { start: place(span.start), end: place(span.end) },
      newText,
    })),
  };
}

/** The policy as it is in the editor, else as it is on disk. */
async function viewOf(session: Session, uri: string): Promise<PolicyView | undefined> {
  const open = session.policies.view(uri);
  if (open !== undefined) return open;
  const path = pathOf(uri);
  const text = path === undefined ? undefined : await session.runtime.readFile(path);
  return text === undefined ? undefined : new PolicyView(TextDocument.create(uri, 'mcp-policy', 0, text));
}
