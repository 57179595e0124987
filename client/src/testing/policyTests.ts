/** Policy tests in the Test Explorer: which files and cases there are. What a case means and decides is the language server's business. */
import * as vscode from 'vscode';
import { TEST_LANGUAGE, type Language } from '../language/language.ts';
import { caseItems, filesOf } from './items.ts';
import { runOnce } from './run.ts';
import { detailsOf } from './coverage.ts';

const FILES = '**/*.policy-test.json';

export class PolicyTests implements vscode.Disposable {
  readonly #language: Language;
  readonly #log: vscode.LogOutputChannel;
  readonly #controller: vscode.TestController;
  readonly #subscriptions: vscode.Disposable[] = [];
  #found: Promise<void> | undefined;

  constructor(language: Language, log: vscode.LogOutputChannel) {
    this.#language = language;
    this.#log = log;
    this.#controller = vscode.tests.createTestController('portcullis.policyTests', vscode.l10n.t('Policy Tests'));
    this.#controller.resolveHandler = async (item) => await (item ? this.#readCases(item) : this.#findFiles());
    this.#controller.refreshHandler = async () => await this.#findAgain();
    this.#addProfile(vscode.l10n.t('Run'), vscode.TestRunProfileKind.Run);
    const coverage = this.#addProfile(vscode.l10n.t('Coverage'), vscode.TestRunProfileKind.Coverage);
    coverage.loadDetailedCoverage = async (_run, file): Promise<vscode.FileCoverageDetail[]> => detailsOf(file);
    coverage.loadDetailedCoverageForTest = async (_run, file, item): Promise<vscode.FileCoverageDetail[]> =>
      detailsOf(file, item);
    this.#follow();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#controller.dispose();
  }

  #addProfile(label: string, kind: vscode.TestRunProfileKind): vscode.TestRunProfile {
    const handler = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> =>
      await this.#run(request, token);
    return this.#controller.createRunProfile(label, kind, handler, true, undefined, true);
  }

  /** A continuous run starts again whenever a document is saved that tests may depend on. */
  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    await this.#findFiles();
    const run = async (): Promise<void> =>
      await runOnce(this.#controller, this.#language, request, token).catch((error: unknown) => {
        if (!token.isCancellationRequested) throw error;
      });
    if (request.continuous !== true) {
      await run();
      return;
    }
    const saved = vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.fileName.endsWith('.json')) this.#background(run());
    });
    token.onCancellationRequested(() => {
      saved.dispose();
    });
  }

  #follow(): void {
    const watcher = vscode.workspace.createFileSystemWatcher(FILES);
    const changed = (uri: vscode.Uri): void => this.#background(this.#readCases(this.#file(uri)));
    const opened = (document: vscode.TextDocument): void => {
      if (document.languageId === TEST_LANGUAGE) changed(document.uri);
    };
    this.#subscriptions.push(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidChange(changed),
      watcher.onDidDelete((uri) => this.#controller.items.delete(uri.toString())),
      vscode.workspace.onDidOpenTextDocument(opened),
      vscode.workspace.onDidChangeTextDocument(({ document }) => opened(document)),
    );
    for (const document of vscode.workspace.textDocuments) opened(document);
  }

  /** Once: afterwards the watcher tells. */
  async #findFiles(): Promise<void> {
    this.#found ??= this.#findAgain();
    await this.#found;
  }

  async #findAgain(): Promise<void> {
    const found = await vscode.workspace.findFiles(FILES, '**/node_modules/**');
    const known = new Set(found.map((uri) => uri.toString()));
    for (const item of filesOf(this.#controller)) if (!known.has(item.id)) this.#controller.items.delete(item.id);
    await Promise.all(found.map(async (uri) => await this.#readCases(this.#file(uri))));
  }

  #file(uri: vscode.Uri): vscode.TestItem {
    const id = uri.toString();
    const known = this.#controller.items.get(id);
    if (known) return known;
    const item = this.#controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  /** What is typed meanwhile may leave the file without cases for a moment: then those known before stay. */
  async #readCases(file: vscode.TestItem): Promise<void> {
    if (!file.uri || file.parent) return;
    const cases = await this.#language.testCases(file.uri);
    if (cases) caseItems(this.#controller, file, cases);
  }

  #background(work: Promise<void>): void {
    work.catch((error: unknown) => this.#log.error('Policy tests failed.', error));
  }
}
