/** A client on stdio that sends lines, whatever they are, and waits until everything is answered that has to be. */
import { Answers } from './answers.ts';
import { owedFor, type Owed } from './frames.ts';
import type { StdioUnderTest } from './gateways.ts';
import { giveUpAfter } from './patience.ts';
import { randomFrom, type Random } from './random.ts';
import type { Report } from './report.ts';
import { controlCall } from './seeds.ts';

/** For the answers to so many frames: generous, since it only ends a run that has failed. */
const PATIENCE = 20_000;

export class Conversation {
  readonly #under: StdioUnderTest;
  readonly #answers: Answers;
  readonly #report: Report;
  #check: () => void = () => undefined;

  private constructor(under: StdioUnderTest, report: Report) {
    this.#under = under;
    this.#report = report;
    this.#answers = new Answers(report);
    under.onLine = (line) => {
      this.#answers.take(line);
      this.#check();
    };
  }

  static async open(under: StdioUnderTest, protocolVersion: string, report: Report): Promise<Conversation> {
    const talk = new Conversation(under, report);
    const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } };
    await talk.#send(
      [Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 'init', method: 'initialize', params }))],
      randomFrom(0),
    );
    return talk;
  }

  /** Sends the lines with an honest call among them, and waits for what is owed for all. */
  async exchange(lines: readonly Buffer[], tag: string, random: Random, patience = PATIENCE): Promise<void> {
    const control = Buffer.from(JSON.stringify(controlCall(tag, tag)));
    const at = random.below(lines.length + 1);
    await this.#send([...lines.slice(0, at), control, ...lines.slice(at)], random, { honest: tag, patience });
    this.#answers.expectEcho(tag, tag);
    this.#answers.clear();
  }

  async finish(): Promise<void> {
    await this.#under.finish();
  }

  /** `honest`: the id of a request that nothing but its own answer will do for. */
  async #send(
    lines: readonly Buffer[],
    random: Random,
    { honest, patience = PATIENCE }: { honest?: string; patience?: number } = {},
  ): Promise<void> {
    const owed = lines.map(owedFor);
    const answered = this.#until(
      () => this.#missing(owed) === 0 && (honest === undefined || this.#answers.countOf(honest) > 0),
      patience,
    );
    const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from(random.once(8) ? '\r\n' : '\n')]));
    for (let start = 0; start < bytes.length;) {
      const end = start + 1 + random.below(random.once(3) ? 20 : 4_000);
      this.#under.write(bytes.subarray(start, end));
      start = end;
    }
    if (!(await answered))
      this.#report.found('requests were not answered', `${this.#missing(owed)} of ${lines.length}`);
  }

  #missing(owed: readonly Owed[]): number {
    const cancelled = new Set(owed.flatMap((each) => each.cancelled.map((id) => JSON.stringify(id))));
    let missing = owed.filter(({ anonymous }) => anonymous).length - this.#answers.anonymous;
    const isOpen = (id: unknown): boolean => !cancelled.has(JSON.stringify(id)) && this.#answers.countOf(id) === 0;
    missing += owed.filter(({ isBatch, ids }) => isBatch && ids.some(isOpen)).length;
    const counts = new Map<string, number>();
    for (const id of owed.flatMap(({ isBatch, ids }) => (isBatch ? [] : ids)))
      counts.set(JSON.stringify(id), (counts.get(JSON.stringify(id)) ?? 0) + 1);
    for (const [id, count] of counts)
      if (!cancelled.has(id)) missing += Math.max(0, count - this.#answers.countOf(JSON.parse(id)));
    return Math.max(0, missing);
  }

  #until(isDone: () => boolean, patience: number): Promise<boolean> {
    return new Promise((resolve) => {
      const goOn = giveUpAfter(patience, () => resolve(false));
      this.#check = () => {
        if (!isDone()) return;
        goOn();
        this.#check = () => undefined;
        resolve(true);
      };
    });
  }
}
