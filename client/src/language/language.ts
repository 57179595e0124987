/**
 * The language server as the rest of the client sees it: started when first needed, its requests by name, what it said of servers.
 * Nothing is loaded or started in a window that shows no policy.
 */
import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient/node';
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
  type ServersParams,
  type ToolDocumentParams,
} from '../../../server/src/protocol/language.ts';
import type { LanguageServerOptions } from '../../../server/src/protocol/languageOptions.ts';
import type {
  ListCasesParams,
  ListCasesResult,
  RecordedCaseParams,
  RecordedCaseResult,
  RunTestsParams,
  RunTestsResult,
} from '../../../server/src/protocol/policyTests.ts';
import type { ToolsReport } from '../../../server/src/protocol/control.ts';
import type { ResolveInputParams } from '../../../server/src/protocol/inputs.ts';
import { stateFolderOf } from '../gateway/installed.ts';
import type { SecretInputs } from './inputs.ts';
import type { SealedClient } from './sealedClient.ts';

export const POLICY_LANGUAGE = 'mcp-policy';
/** Calls that are tried out. */
export const CALL_LANGUAGE = 'mcp-call';
export const TEST_LANGUAGE = 'mcp-policy-test';

export type ServerInfo = ServersParams['servers'][number];

/** Milliseconds to wait for the server's first word on which MCP servers are configured: reading a few files, on a machine that may be busy. */
const SERVERS_TIMEOUT = 30_000;

export class Language {
  readonly #context: vscode.ExtensionContext;
  readonly #log: vscode.LogOutputChannel;
  readonly #inputs: SecretInputs;
  readonly #changed = new vscode.EventEmitter<readonly ServerInfo[]>();
  /** Configured servers, their policies and the state of their tool lists. */
  readonly onDidChangeServers = this.#changed.event;
  #client: Promise<SealedClient> | undefined;
  #servers: readonly ServerInfo[] | undefined;
  #tools: readonly ToolsReport[] = [];
  #denials: NonNullable<RuntimeParams['denials']> = [];

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, inputs: SecretInputs) {
    this.#context = context;
    this.#log = log;
    this.#inputs = inputs;
  }

  get servers(): readonly ServerInfo[] {
    return this.#servers ?? [];
  }

  /** Starts the server, or returns the one that runs. Throws when it cannot be started; the next call tries again. */
  async start(): Promise<SealedClient> {
    this.#client ??= this.#launch().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return await this.#client;
  }

  /** The servers, as soon as the language server has read the configuration. Throws, for people, when that does not come: no word is not the word "none". */
  async knownServers(): Promise<readonly ServerInfo[]> {
    await this.start();
    if (this.#servers !== undefined) return this.#servers;
    return await new Promise((resolve, reject) => {
      const done = (servers: readonly ServerInfo[]): void => {
        clearTimeout(timer);
        listening.dispose();
        resolve(servers);
      };
      const listening = this.onDidChangeServers(done);
      const timer = setTimeout(() => {
        listening.dispose();
        reject(
          new Error(vscode.l10n.t('The configuration of MCP servers is still being read. Try again in a moment.')),
        );
      }, SERVERS_TIMEOUT);
    });
  }

  async locateRule(params: LocateRuleParams): Promise<vscode.Range | undefined> {
    const client = await this.start();
    const found = await client.sendRequest<LocateRuleResult>(languageMessages.locateRule, params);
    return found === null ? undefined : client.protocol2CodeConverter.asRange(found);
  }

  /** `undefined`: the file cannot be read or is too broken to edit. */
  async ruleEdits(params: RuleEditParams): Promise<vscode.TextEdit[] | undefined> {
    const client = await this.start();
    const edits = await client.sendRequest<RuleEditResult>(languageMessages.ruleEdit, params);
    return edits === null ? undefined : await client.protocol2CodeConverter.asTextEdits([...edits]);
  }

  /** Throws with the reason why portcullis.json cannot be edited. */
  async excuseEdits(params: ExcuseEditParams): Promise<vscode.TextEdit[]> {
    const client = await this.start();
    const result = await client.sendRequest<ExcuseEditResult>(languageMessages.excuseEdit, params);
    if ('problem' in result) throw new Error(result.problem);
    return await client.protocol2CodeConverter.asTextEdits([...result.edits]);
  }

  /** `null`: the server is not configured any more. Rejects when cancelled. */
  async policyOffers(params: PolicyOffersParams, token: vscode.CancellationToken): Promise<PolicyOffersResult | null> {
    return await (await this.start()).sendRequest(languageMessages.policyOffers, params, token);
  }

  /** `null`: the file cannot be read, or is no valid policy test. */
  async testCases(uri: vscode.Uri): Promise<readonly { readonly name: string; readonly range: vscode.Range }[] | null> {
    const client = await this.start();
    const params: ListCasesParams = { uri: uri.toString() };
    const cases = await client.sendRequest<ListCasesResult>(languageMessages.listCases, params);
    return cases?.map(({ name, range }) => ({ name, range: client.protocol2CodeConverter.asRange(range) })) ?? null;
  }

  /** A recorded call as a case of a policy test. */
  async recordedCase(call: RecordedCaseParams): Promise<RecordedCaseResult> {
    return await (await this.start()).sendRequest<RecordedCaseResult>(languageMessages.recordedCase, call);
  }

  /** Rejects when cancelled. */
  async runTests(uris: readonly string[], token: vscode.CancellationToken): Promise<RunTestsResult> {
    const params: RunTestsParams = { uris };
    return await (await this.start()).sendRequest(languageMessages.runTests, params, token);
  }

  async refreshTools(server: string, token?: vscode.CancellationToken): Promise<void> {
    const params: RefreshToolsParams = { server };
    await (await this.start()).sendRequest(languageMessages.refreshTools, params, token);
  }

  /** The live lists of a running gateway replace the language server's own connections; empty: none runs. */
  setLiveTools(tools: readonly ToolsReport[]): void {
    this.#tools = tools;
    this.tellRuntime();
  }

  /** Calls that were denied of late; told only when they have changed. */
  setDenials(denials: NonNullable<RuntimeParams['denials']>): void {
    if (JSON.stringify(denials) === JSON.stringify(this.#denials)) return;
    this.#denials = denials;
    this.tellRuntime();
  }

  /** A call to begin with; `null`: the policy cannot be read. */
  async callTemplate(params: CallTemplateParams): Promise<CallTemplateResult> {
    return await (await this.start()).sendRequest<CallTemplateResult>(languageMessages.callTemplate, params);
  }

  /** `null`: the policy cannot be read. */
  async evaluate(params: EvaluateParams): Promise<EvaluateResult | null> {
    return await (await this.start()).sendRequest<EvaluateResult | null>(languageMessages.evaluate, params);
  }

  /** `null`: the tool is gone. */
  async toolDocument(params: ToolDocumentParams): Promise<string | null> {
    return await (await this.start()).sendRequest<string | null>(languageMessages.toolDocument, params);
  }

  /** Tells a running server what only the editor knows. */
  tellRuntime(): void {
    void this.#client
      ?.then((client) => this.#sendRuntime(client))
      .catch((error: unknown) => this.#log.warn(String(error)));
  }

  async stop(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.dispose();
  }

  async #launch(): Promise<SealedClient> {
    // Loaded here, not on activation: it is most of the extension's code.
    const { SealedClient, TransportKind } = await import('./sealedClient.ts');
    const server = { module: this.#context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
    const debugged = { ...server, options: { execArgv: ['--inspect=6010'] } };
    const options = { run: server, debug: debugged };
    const client = new SealedClient('portcullis', 'Portcullis', options, this.#clientOptions());
    client.onNotification(languageMessages.servers, (params: ServersParams) => this.#keepServers(params.servers));
    client.answer(languageMessages.resolveInput, (params: ResolveInputParams) => this.#inputs.resolve(params));
    await client.start();
    await this.#sendRuntime(client);
    return client;
  }

  async #sendRuntime(client: SealedClient): Promise<void> {
    const params: RuntimeParams = { trusted: vscode.workspace.isTrusted, tools: this.#tools, denials: this.#denials };
    await client.sendNotification(languageMessages.runtime, params);
  }

  #keepServers(servers: readonly ServerInfo[]): void {
    this.#servers = servers;
    this.#changed.fire(servers);
  }

  #clientOptions(): LanguageClientOptions {
    const initializationOptions = (): LanguageServerOptions => ({
      trusted: vscode.workspace.isTrusted,
      cacheFolder: vscode.Uri.joinPath(this.#context.globalStorageUri, 'tool-lists').fsPath,
      suggestCommand: 'editor.action.triggerSuggest',
      evaluateCommand: 'portcullis.evaluate',
      replayCommand: 'portcullis.replay',
      stateFolder: stateFolderOf(this.#context),
      excuseCommand: 'portcullis.excuseFinding',
      routeCommand: 'portcullis.routeClient',
      reviewCommand: 'portcullis.reviewTools',
      showsTools: true,
    });
    return {
      documentSelector: [{ language: POLICY_LANGUAGE }, { language: CALL_LANGUAGE }, { language: TEST_LANGUAGE }],
      // What is shown beside the text: lenses and hints.
      synchronize: { configurationSection: 'portcullis' },
      outputChannel: this.#log,
      initializationOptions,
      // Hovers quote what servers say of their tools: no commands, no HTML.
      markdown: { isTrusted: false, supportHtml: false },
    };
  }
}
