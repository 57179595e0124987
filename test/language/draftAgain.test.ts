/** Reading again what changed gives the fault-tolerant tree of reading everything, version after version, also of broken JSON. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDraft } from '../../server/src/language/document/draft.ts';
import { readDraftAgain, type DraftText } from '../../server/src/language/document/draft-again.ts';
import { plain, versions } from '../support/typing.ts';

test('what is remembered from version to version changes no tree', () => {
  fc.assert(
    fc.property(versions, (texts) => {
      let before: DraftText | undefined;
      for (const text of texts) {
        before = { text, root: readDraftAgain(text, before) };
        expect(plain(before.root)).toEqual(plain(readDraft(text)));
      }
    }),
    { numRuns: 400 },
  );
});
