/** What comes back to the client: that each request has its own answer, and that nothing hidden is in it. */
import type { Report } from './report.ts';

interface Answered {
  readonly id?: unknown;
  readonly error?: { readonly code?: unknown };
  readonly result?: {
    readonly tools?: readonly { readonly name?: unknown }[];
    readonly content?: readonly { readonly text?: string }[];
    readonly _meta?: object;
  };
}

const HIDDEN = /secret_key/;

export class Answers {
  readonly #report: Report;
  /** Answers by id, and those without one. */
  readonly #byId = new Map<string, Answered[]>();
  anonymous = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  /** One message, or a batch of them, as text. */
  take(text: string): void {
    const messages = messagesIn(text);
    if (!messages) this.#report.found('what came back is no message', text);
    for (const each of messages ?? []) this.#takeOne(each);
  }

  /** How many of the requests with this id have their answer. */
  countOf(id: unknown): number {
    return this.#byId.get(JSON.stringify(id))?.length ?? 0;
  }

  /** Whether the call of that id got the answer to itself; else that is a finding. */
  expectEcho(id: unknown, tag: string): void {
    const answers = this.#byId.get(JSON.stringify(id)) ?? [];
    if (answers.some(({ result }) => result?.content?.some(({ text }) => text?.includes(tag)))) return;
    this.#report.found('an honest call did not get its own answer', `${tag}: ${JSON.stringify(answers)}`);
  }

  clear(): void {
    this.#byId.clear();
    this.anonymous = 0;
  }

  #takeOne(answer: Answered): void {
    const { id, error, result } = answer;
    if (!error && !result) return this.#report.count('told: a notification');
    if (result?.tools?.some(({ name }) => HIDDEN.test(String(name))))
      this.#report.found('a hidden tool was listed', JSON.stringify(answer));
    this.#report.count(`answered: ${error ? 'error' : isDenial(answer) ? 'denial' : 'result'}`);
    if (error) this.#report.count(`answered: error ${String(error.code)}`);
    if (id === undefined || id === null) this.anonymous += 1;
    else this.#byId.set(JSON.stringify(id), [...(this.#byId.get(JSON.stringify(id)) ?? []), answer]);
  }
}

function messagesIn(text: string): readonly Answered[] | undefined {
  try {
    return [JSON.parse(text) as Answered | Answered[]].flat();
  } catch {
    return undefined;
  }
}

function isDenial({ result }: Answered): boolean {
  return result?._meta !== undefined && Object.hasOwn(result._meta, 'portcullis/decision');
}
