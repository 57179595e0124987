/** The requests of protocol/language.ts that are about policy tests. */
import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageMessages } from '../../protocol/language.ts';
import type { ListCasesParams, ListCasesResult, RunTestsParams, RunTestsResult } from '../../protocol/policyTests.ts';
import { pathOf } from '../client-features.ts';
import type { Session } from '../session.ts';
import { runTests, type TestFile } from './run.ts';
import { TEST_LANGUAGE, TestView } from './test-view.ts';

const NOTHING_RAN: RunTestsResult = { files: [], coverage: [] };

export function handleTestMessages(connection: Connection, session: Session): void {
  const { safe } = session;
  connection.onRequest(
    languageMessages.listCases,
    safe.request('listCases', null, ({ uri }: ListCasesParams) => listCases(session, uri)),
  );
  connection.onRequest(
    languageMessages.runTests,
    safe.request('runTests', NOTHING_RAN, async ({ uris }: RunTestsParams) =>
      runTests(await Promise.all(uris.map((uri) => testFile(session, uri)))),
    ),
  );
}

async function listCases(session: Session, uri: string): Promise<ListCasesResult> {
  const view = await viewOf(session, uri);
  if (!view?.reading.ok) return null;
  return view.reading.test.cases.map(({ name, start, end }) => ({ name, range: view.range({ start, end }) }));
}

async function testFile(session: Session, uri: string): Promise<TestFile> {
  const view = await viewOf(session, uri);
  return view ? { uri, view, subject: await session.subjects.of(view, 'as they are') } : { uri };
}

/** The test as it is in the editor, else as it is on disk. */
async function viewOf({ tests, runtime }: Session, uri: string): Promise<TestView | undefined> {
  const open = tests.view(uri);
  if (open) return open;
  const file = pathOf(uri);
  const text = file === undefined ? undefined : await runtime.readFile(file);
  return text === undefined ? undefined : new TestView(TextDocument.create(uri, TEST_LANGUAGE, 0, text));
}
