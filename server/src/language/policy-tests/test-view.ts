/** A policy test as it is typed: its cases, once it is valid. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readPolicyTest, type TestReading } from '../../testing/document.ts';
import { TextView, type TextMemory } from '../document/text-view.ts';
import { TEST_SCHEMA } from '../schema/document-schema.ts';

/** The language id of policy tests in editors that know it; for others the file's name decides. */
export const TEST_LANGUAGE = 'mcp-policy-test';
const SUFFIX = '.policy-test.json';

export function isPolicyTest({ languageId, uri }: Pick<TextDocument, 'languageId' | 'uri'>): boolean {
  return languageId === TEST_LANGUAGE || uri.endsWith(SUFFIX);
}

export class TestView extends TextView {
  #reading: TestReading | undefined;

  /** Handed on from version to version of the document. */
  readonly memory: TextMemory;

  constructor(document: TextDocument, memory: TextMemory = {}) {
    super(document, TEST_SCHEMA, memory);
    this.memory = memory;
  }

  get reading(): TestReading {
    return (this.#reading ??= readPolicyTest(this.text));
  }
}
