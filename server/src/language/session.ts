/** One client's session: what is open, what is known of servers and tools, and how changes reach the screen. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ResolveInputParams, ResolveInputResult } from '../protocol/inputs.ts';
import { languageMessages } from '../protocol/language.ts';
import { Announcer } from './announcer.ts';
import type { ClientFeatures } from './client-features.ts';
import { DiagnosticsPublisher, type Diagnosable } from './diagnostics-publisher.ts';
import { Neighbours } from './document/neighbours.ts';
import { OpenCalls } from './document/open-calls.ts';
import { OpenPolicies } from './document/open-policies.ts';
import { label } from './document/prose.ts';
import type { TextView } from './document/text-view.ts';
import { diagnose } from './features/diagnostics.ts';
import { diagnoseTest } from './policy-tests/diagnostics.ts';
import { OpenTests } from './policy-tests/open-tests.ts';
import { TestSubjects } from './policy-tests/subject.ts';
import { RecordedServers } from './replay/recorded-servers.ts';
import { withProgress } from './progress.ts';
import type { Runtime } from './runtime.ts';
import type { SafeRunner } from './safe-runner.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { ToolLists } from './tools/lists.ts';
import { Workspace } from './workspace.ts';

export interface SessionParts {
  readonly connection: Connection;
  readonly runtime: Runtime;
  readonly documents: TextDocuments<TextDocument>;
  readonly safe: SafeRunner;
  readonly client: ClientFeatures;
}

export class Session {
  readonly client: ClientFeatures;
  readonly runtime: Runtime;
  readonly safe: SafeRunner;
  readonly policies: OpenPolicies;
  readonly tests: OpenTests;
  readonly subjects: TestSubjects;
  readonly calls: OpenCalls;
  readonly neighbours: Neighbours;
  readonly recorded: RecordedServers;
  readonly lists: ToolLists;
  readonly workspace: Workspace;
  readonly publisher: DiagnosticsPublisher;
  readonly announcer: Announcer;
  settings = DEFAULT_SETTINGS;
  readonly #connection: Connection;

  constructor({ connection, runtime, documents, safe, client }: SessionParts) {
    this.client = client;
    this.runtime = runtime;
    this.safe = safe;
    this.#connection = connection;
    this.policies = new OpenPolicies(documents);
    this.tests = new OpenTests(documents);
    this.calls = new OpenCalls(documents);
    this.lists = new ToolLists(runtime, runtime.openSnapshots(client.cacheFolder), client.trusted, {
      changed: () => this.announcer.toolsChanged(),
      withProgress: (server, work) => withProgress(connection, client, `Listing the tools of ${label(server)}`, work),
      resolveInput: (server, id) => this.#resolveInput(server, id),
      background: (name, work) => safe.run(name, work),
      stateFolder: client.stateFolder,
    });
    this.workspace = new Workspace(runtime, this.lists, () => this.policies.all());
    this.workspace.changeFolders(client.folders, []);
    this.subjects = new TestSubjects({ runtime, policies: this.policies, workspace: this.workspace });
    this.recorded = new RecordedServers(runtime, client.stateFolder);
    this.neighbours = new Neighbours({
      open: () => this.#open(),
      files: () => this.workspace.files(),
      readFile: (file) => runtime.readFile(file),
    });
    this.publisher = new DiagnosticsPublisher(connection, this.#diagnosable(), safe);
    this.announcer = new Announcer({ connection, client, safe, workspace: this.workspace, publisher: this.publisher });
  }

  /** Reads the configuration again and has the lists of the open policies' servers fetched. */
  async reload(): Promise<void> {
    const problems = await this.workspace.reload();
    for (const problem of problems) this.#connection.console.warn(problem);
    this.workspace.wantOpen();
    this.announcer.toolsChanged();
    this.announcer.configurationRead();
  }

  closeDocument(uri: string): void {
    this.policies.close(uri);
    this.tests.close(uri);
  }

  close(): void {
    this.publisher.close();
    this.lists.close();
  }

  #open(): readonly TextView[] {
    return [...this.policies.all(), ...this.tests.all()];
  }

  #diagnosable(): Diagnosable {
    return {
      open: () => this.#open().map(({ uri }) => uri),
      diagnose: async (uri) => {
        const policy = this.policies.view(uri);
        if (policy) return { version: policy.version, diagnostics: diagnose(policy, this.workspace.toolsFor(policy)) };
        const test = this.tests.view(uri);
        return test && { version: test.version, diagnostics: diagnoseTest(test, await this.subjects.of(test)) };
      },
    };
  }

  async #resolveInput(server: string, id: string): Promise<string | undefined> {
    const { description, options, type, password, ...input } = this.workspace.input(id, server) ?? {
      type: 'promptString',
    };
    const params: ResolveInputParams = {
      id,
      server,
      password: password ?? false,
      ...(description === undefined ? {} : { description }),
      ...(type === 'pickString' && options !== undefined ? { options } : {}),
      ...('default' in input && input.default !== undefined ? { default: input.default } : {}),
    };
    const result = await this.#connection.sendRequest<ResolveInputResult>(languageMessages.resolveInput, params);
    return result?.value;
  }
}
