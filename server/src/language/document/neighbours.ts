/** Every policy and policy test of the workspace, with the text that is being typed where one is open: what navigation looks through. */
import path from 'node:path';
import { URI } from 'vscode-uri';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf } from '../client-features.ts';
import { POLICY_SCHEMA, TEST_SCHEMA } from '../schema/document-schema.ts';
import { scalarAt } from './place.ts';
import { TextView } from './text-view.ts';

export const TEST_SUFFIX = '.policy-test.json';

export interface NeighbourSource {
  /** Policies and tests that are open, as they are kept from version to version. */
  readonly open: () => readonly TextView[];
  /** Paths of policies and tests on disk. */
  readonly files: () => readonly string[];
  readonly readFile: (file: string) => Promise<string | undefined>;
}

export class Neighbours {
  readonly #source: NeighbourSource;

  constructor(source: NeighbourSource) {
    this.#source = source;
  }

  /** Open ones first. */
  async all(): Promise<readonly TextView[]> {
    const open = this.#source.open();
    const known = new Set(open.map(({ uri }) => pathOf(uri)));
    const closed = this.#source.files().filter((file) => !known.has(file));
    const read = await Promise.all(closed.map((file) => this.#read(file)));
    return [...open, ...read.flatMap((view) => view ?? [])];
  }

  async #read(file: string): Promise<TextView | undefined> {
    const text = await this.#source.readFile(file);
    return text === undefined ? undefined : viewOf(TextDocument.create(URI.file(file).toString(), 'json', 0, text));
  }
}

function viewOf(document: TextDocument): TextView {
  return new TextView(document, document.uri.endsWith(TEST_SUFFIX) ? TEST_SCHEMA : POLICY_SCHEMA);
}

/** Whether counters and ids in the one are those that the other speaks of: the same policy, or a test of it. */
export function isAbout(a: TextView, b: TextView): boolean {
  return policyFile(a) === policyFile(b);
}

/** The policy itself, or the one that a test names. */
function policyFile(view: TextView): string | undefined {
  const file = pathOf(view.uri);
  const named = scalarAt(view.draft, ['policy']);
  if (!view.uri.endsWith(TEST_SUFFIX)) return file ?? view.uri;
  return file === undefined || typeof named !== 'string' ? undefined : path.resolve(path.dirname(file), named);
}
