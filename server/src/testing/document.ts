/** Reads a `*.policy-test.json`: strictly, as a policy is read, so that a misspelt key cannot make a test pass. */
import { decodeText } from '../policy/json/text.ts';
import { arrayAt, memberOf } from '../policy/json/access.ts';
import { MAX_BYTES } from '../policy/json/limits.ts';
import { readJson, toValue, type JsonNode, type PolicyProblem, type Span } from '../policy/index.ts';
import { readerProblem } from '../policy/compile.ts';
import { structuralProblems } from '../policy/structure.ts';
import { BadCall, CallReader } from './call.ts';
import type { Case, PolicyTestDocument } from './generated/document.ts';
import validate from './generated/validate.mjs';

export interface PolicyTest extends Pick<PolicyTestDocument, 'policy' | 'tools'> {
  readonly cases: readonly TestCase[];
}

/** The span is the case's, in the text of the file. */
export interface TestCase extends Readonly<Omit<Case, 'call'>>, Span {
  /** Known to be readable by a `CallReader`. Kept as a tree: numbers keep their digits. */
  readonly call: JsonNode;
  /** The tree of `expect`, for places. */
  readonly expectation: JsonNode;
}

export type TestReading =
  | { readonly ok: true; readonly test: PolicyTest }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** `source`: the file's bytes, or its text as an editor holds it. Never throws. */
export function readPolicyTest(source: string | Uint8Array): TestReading {
  const text = decodeText(source, MAX_BYTES);
  if (typeof text !== 'string') return { ok: false, problems: [readerProblem(text)] };
  const reading = readJson(text);
  if (!reading.ok) return { ok: false, problems: reading.problems.map(readerProblem) };
  const { root } = reading;
  const structural = structuralProblems(root, { validate, name: 'A policy test' });
  const problems = structural.length > 0 ? structural : callProblems(root);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, test: fromDocument(root, toValue(root, 'double') as PolicyTestDocument) };
}

function fromDocument(root: JsonNode, { policy, tools, cases }: PolicyTestDocument): PolicyTest {
  const nodes = caseNodes(root);
  const read = cases.flatMap((each, index) => {
    const node = nodes[index];
    const [call, expectation] = [memberOf(node, 'call'), memberOf(node, 'expect')];
    return node && call && expectation ? [{ ...each, call, expectation, start: node.start, end: node.end }] : [];
  });
  return { policy, ...(tools !== undefined && { tools }), cases: read };
}

function caseNodes(root: JsonNode): readonly JsonNode[] {
  return arrayAt(root, 'cases')?.items ?? [];
}

/** What the schema cannot say of a call: its time. */
function callProblems(root: JsonNode): readonly PolicyProblem[] {
  const reader = new CallReader();
  return caseNodes(root).flatMap((node) => {
    const call = memberOf(node, 'call');
    return call ? callProblem(reader, call) : [];
  });
}

function callProblem(reader: CallReader, call: JsonNode): readonly PolicyProblem[] {
  try {
    reader.read(call);
    return [];
  } catch (error) {
    if (!(error instanceof BadCall)) throw error;
    return [{ code: 'invalid-value', message: error.message, span: error.span }];
  }
}
