/** What a policy test is about: the policy and the tools that it names, as they are in the editor, else on disk. */
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { readToolsFile } from '../../mcp/index.ts';
import { pathOf } from '../client-features.ts';
import type { OpenPolicies } from '../document/open-policies.ts';
import { scalarAt } from '../document/place.ts';
import { PolicyView } from '../document/policy-view.ts';
import type { TextView } from '../document/text-view.ts';
import type { Runtime } from '../runtime.ts';
import { NO_TOOLS, type KnownTools } from '../tools/known-tools.ts';
import type { Workspace } from '../workspace.ts';

export interface TestSubject {
  /** Absent when the test names none, or one that cannot be read. */
  readonly policy?: PolicyView;
  /** The list that the test names, else what the editor knows of the policy's server. */
  readonly tools: KnownTools;
  /** Whether the test names the list. */
  readonly namedTools: boolean;
  /** For people: why the file that the test names as `policy` or `tools` cannot be used. */
  readonly problems: { readonly policy?: string; readonly tools?: string };
  /** Policies of the workspace, as the test would name them. */
  readonly policyNames: readonly string[];
}

export interface SubjectParts {
  readonly runtime: Runtime;
  readonly policies: OpenPolicies;
  readonly workspace: Workspace;
}

type Named<T> = { readonly found: T } | { readonly problem: string };

export class TestSubjects {
  readonly #parts: SubjectParts;
  /** Policies that no editor shows, by path: each text is compiled once. */
  readonly #closed = new Map<string, PolicyView>();
  /** Saved lists by path, read once for each text: what is worked out from a schema is remembered with it. */
  readonly #lists = new Map<string, { readonly text: string; readonly tools: Named<KnownTools> }>();

  constructor(parts: SubjectParts) {
    this.#parts = parts;
  }

  /** @param lists - Whether the tools of the policy's server are to be fetched, where that is allowed and the test names no list. */
  async of(view: TextView, lists: 'wanted' | 'as they are' = 'wanted'): Promise<TestSubject> {
    const [policy, list] = await Promise.all([this.#policyOf(view), this.#listOf(view)]);
    const tested = foundIn(policy);
    if (lists === 'wanted' && !list && tested) this.#parts.workspace.want(tested);
    const live = tested && !list ? this.#parts.workspace.toolsFor(tested) : NO_TOOLS;
    const problems = { ...problemIn('policy', policy), ...problemIn('tools', list) };
    return {
      ...(tested && { policy: tested }),
      tools: foundIn(list) ?? live,
      namedTools: list !== undefined,
      problems,
      policyNames: this.#policyNames(view),
    };
  }

  async #policyOf(view: TextView): Promise<Named<PolicyView> | undefined> {
    const name = scalarAt(view.draft, ['policy']);
    if (typeof name !== 'string') return undefined;
    const file = fileBeside(view, name);
    if (file === undefined) return { problem: NO_PLACE };
    const open = this.#parts.policies.all().find(({ uri }) => pathOf(uri) === file);
    if (open) return { found: open };
    const text = await this.#parts.runtime.readFile(file);
    if (text === undefined) return { problem: 'There is no such file, or it cannot be read.' };
    return { found: this.#closedPolicy(file, text) };
  }

  #closedPolicy(file: string, text: string): PolicyView {
    const known = this.#closed.get(file);
    if (known?.text === text) return known;
    const view = new PolicyView(TextDocument.create(URI.file(file).toString(), 'mcp-policy', 0, text));
    this.#closed.set(file, view);
    return view;
  }

  async #listOf(view: TextView): Promise<Named<KnownTools> | undefined> {
    const name = scalarAt(view.draft, ['tools']);
    if (typeof name !== 'string') return undefined;
    const file = fileBeside(view, name);
    if (file === undefined) return { problem: NO_PLACE };
    const text = await this.#parts.runtime.readFile(file);
    if (text === undefined) return { problem: 'There is no such file, or it cannot be read.' };
    const known = this.#lists.get(file);
    if (known?.text === text) return known.tools;
    const tools = readList(name, text);
    this.#lists.set(file, { text, tools });
    return tools;
  }

  #policyNames(view: TextView): readonly string[] {
    const own = pathOf(view.uri);
    if (own === undefined) return [];
    return this.#parts.workspace.policyFiles.map((file) =>
      path.relative(path.dirname(own), file).split(path.sep).join('/'),
    );
  }
}

function foundIn<T>(named: Named<T> | undefined): T | undefined {
  return named && 'found' in named ? named.found : undefined;
}

function problemIn<K extends string>(key: K, named: Named<unknown> | undefined): { readonly [key in K]?: string } {
  return named && 'problem' in named ? ({ [key]: named.problem } as { [key in K]: string }) : {};
}

const NO_PLACE =
  'It cannot be read: only files of this computer can, and only when the test itself is saved in a folder.';

/** The path that a test names, from its own folder. None on another computer: looking for it would already tell that one who looks. */
export function fileBeside(view: TextView, name: string): string | undefined {
  const own = pathOf(view.uri);
  if (own === undefined || /^(\\\\|\/\/)/.test(name)) return undefined;
  return path.resolve(path.dirname(own), name);
}

function readList(name: string, text: string): Named<KnownTools> {
  const reading = readToolsFile(text);
  if (!reading.ok) return { problem: reading.problem };
  const catalog = { server: name, tools: reading.tools, readAt: 0, source: 'file' } as const;
  return { found: { server: name, catalog, serverNames: [], state: { state: 'snapshot' } } };
}
