/**
 * One run of policy tests. A file always runs whole, since its cases share counters and time; of a part, only the results that were asked for
 * are shown.
 */
import * as vscode from 'vscode';
import type { RunTestsResult, TestCaseResult, TestFileResult } from '../../../server/src/protocol/policyTests.ts';
import type { Language } from '../language/language.ts';
import { addCoverage } from './coverage.ts';
import { caseId, caseItems, childrenOf, filesOf } from './items.ts';
import { rangeOf } from '../views/range.ts';

export async function runOnce(
  controller: vscode.TestController,
  language: Language,
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
): Promise<void> {
  const wanted = wantedFiles(controller, request);
  const run = controller.createTestRun(request);
  try {
    for (const { cases } of wanted) for (const item of cases) run.started(item);
    const result = await language.runTests(
      wanted.map(({ file }) => file.id),
      token,
    );
    for (const [index, { file, isWanted }] of wanted.entries()) {
      const own = result.files[index];
      if (own) report(controller, run, file, own, isWanted);
      else run.errored(file, new vscode.TestMessage(vscode.l10n.t('The language server gave no answer.')));
    }
    if (request.profile?.kind === vscode.TestRunProfileKind.Coverage) cover(run, wanted, result);
  } finally {
    run.end();
  }
}

interface Wanted {
  readonly file: vscode.TestItem;
  readonly cases: readonly vscode.TestItem[];
  isWanted(this: void, item: vscode.TestItem): boolean;
}

function wantedFiles(
  controller: vscode.TestController,
  { include, exclude }: vscode.TestRunRequest,
): readonly Wanted[] {
  const isIn = (items: readonly vscode.TestItem[] | undefined, item: vscode.TestItem): boolean =>
    items?.some(({ id }) => id === item.id || id === item.parent?.id) ?? false;
  const isWanted = (item: vscode.TestItem): boolean =>
    (include === undefined || isIn(include, item)) && !isIn(exclude, item);
  return filesOf(controller).flatMap((file) => {
    const cases = childrenOf(file.children).filter(isWanted);
    return cases.length > 0 || isWanted(file) ? [{ file, cases, isWanted }] : [];
  });
}

function report(
  controller: vscode.TestController,
  run: vscode.TestRun,
  file: vscode.TestItem,
  result: TestFileResult,
  isWanted: (item: vscode.TestItem) => boolean,
): void {
  if (result.kind === 'unusable') {
    const message = new vscode.TestMessage(result.problem);
    if (file.uri && result.range) message.location = new vscode.Location(file.uri, rangeOf(result.range));
    // Cases of a file that cannot run have not passed.
    for (const item of [file, ...childrenOf(file.children)]) run.errored(item, message);
    return;
  }
  caseItems(
    controller,
    file,
    result.cases.map(({ name, range }) => ({ name, range: rangeOf(range) })),
  );
  for (const [index, each] of result.cases.entries()) {
    const item = file.children.get(caseId(file, index));
    if (!item || !isWanted(item)) continue;
    if (each.passed) run.passed(item);
    else {
      run.failed(item, failure(item, each));
      // Beside the comparison VS Code shows no message; the steps that led to the decision are the run's output.
      run.appendOutput(`${each.details.replaceAll('\n', '\r\n')}\r\n\r\n`, undefined, item);
    }
  }
}

/** Names and values come from files and servers: shown as text, never as Markdown. */
function failure(
  item: vscode.TestItem,
  { expected, actual, details, range, rule }: TestCaseResult,
): vscode.TestMessage {
  const message = vscode.TestMessage.diff(details, expected, actual);
  if (item.uri) message.location = new vscode.Location(item.uri, rangeOf(range));
  if (rule) {
    const place = rangeOf(rule.range);
    message.stackTrace = [new vscode.TestMessageStackFrame(rule.name, vscode.Uri.parse(rule.policyUri), place.start)];
  }
  return message;
}

function cover(run: vscode.TestRun, wanted: readonly Wanted[], { coverage }: RunTestsResult): void {
  const itemAt = (file: number, index: number): vscode.TestItem | undefined => {
    const found = wanted[file];
    const item = found?.file.children.get(caseId(found.file, index));
    return item && found?.isWanted(item) ? item : undefined;
  };
  for (const policy of coverage) addCoverage(run, policy, itemAt);
}
