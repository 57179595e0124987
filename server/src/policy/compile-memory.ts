/**
 * What compiling one document has left for its next version: the tree, and for each entry of `tools` what became of it. An entry that was not
 * read again (json/reread.ts) stands there with the same text, so it is not compiled again either, only moved.
 */
import type { CompiledEntry } from './compiled.ts';
import { originOf } from './json/moved.ts';
import type { JsonMember, JsonNode, JsonReading } from './json/node.ts';
import { readJsonAgain, type ReadText } from './json/reread.ts';
import { movedEntry, movedProblem } from './moved-entry.ts';
import type { PolicyProblem } from './problem.ts';

/** What became of an entry. Everything in it depends on the text of its member alone. */
export interface ExaminedEntry {
  readonly entry: CompiledEntry;
  /** Everything that is wrong inside its member; those of equal places in the order in which they are reported. */
  readonly problems: readonly PolicyProblem[];
  /** How many regular expressions stand in it, valid or not. */
  readonly regexes: number;
}

export class CompileMemory {
  #read: ReadText | undefined;
  readonly #examined = new WeakMap<JsonNode, ExaminedEntry>();
  /** The most entries that a document had of which the schema said that they are not too many. */
  #room = 0;

  /** The same as `readJson`, of a text as `decodeText` leaves it. */
  read(text: string): JsonReading {
    const reading = readJsonAgain(text, this.#read);
    if (reading.ok) this.#read = { text, root: reading.root };
    return reading;
  }

  /** Whether the number of entries is known to be fine, so that only those need be held against the schema that are new. */
  hasRoomFor(entries: number): boolean {
    return entries <= this.#room;
  }

  foundRoomFor(entries: number): void {
    this.#room = Math.max(this.#room, entries);
  }

  /** Whether the entry is one that was there before. */
  knows({ value }: JsonMember): boolean {
    return this.#examined.has(originOf(value));
  }

  /** What became of the entry, where it stands now; `undefined` for one that is new or was changed. */
  examined({ value }: JsonMember): ExaminedEntry | undefined {
    const known = this.#examined.get(originOf(value));
    const by = value.start - (known?.entry.start ?? 0);
    if (!known || by === 0) return known;
    const { entry, problems, regexes } = known;
    return { entry: movedEntry(entry, by), problems: problems.map((problem) => movedProblem(problem, by)), regexes };
  }

  /** How many regular expressions stand in the entry; `undefined` as with `examined`. */
  regexesIn({ value }: JsonMember): number | undefined {
    return this.#examined.get(originOf(value))?.regexes;
  }

  remember({ value }: JsonMember, examined: ExaminedEntry): void {
    this.#examined.set(originOf(value), examined);
  }
}
