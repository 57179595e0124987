/** What waits for a person, told to the editor while it listens, and the editor's decisions. Also calls that wait at other gateways of the state. */
import type { Log } from '../../ports.ts';
import type { Choice, DecideAnswer, DecideRequest, PendingCall } from '../../protocol/approval.ts';
import type { ControlEvent } from '../../protocol/control.ts';
import type { ApprovalDesk } from '../approval/desk.ts';
import { reasonOf } from '../rules/reason.ts';
import { objectIn } from './objectIn.ts';

/** Milliseconds between two looks at what waits at other gateways. */
const LOOK_MILLISECONDS = 300;

export class ControlledApprovals {
  readonly #desk: ApprovalDesk;
  readonly #emit: (event: ControlEvent) => void;
  readonly #log: Log;
  #looking: NodeJS.Timeout | undefined;
  #told = '';

  constructor(desk: ApprovalDesk, emit: (event: ControlEvent) => void, log: Log) {
    this.#desk = desk;
    this.#emit = emit;
    this.#log = log;
    desk.onChange = () => void this.#look();
  }

  /** An editor listens from now on, or does no more: without one, nobody can be asked here. */
  listening(isListening: boolean): void {
    clearInterval(this.#looking);
    this.#looking = isListening ? setInterval(() => void this.#look(), LOOK_MILLISECONDS).unref() : undefined;
    void this.#guarded(() => this.#desk.editor(isListening), undefined);
  }

  /** Never rejects, as the others do not. */
  waiting(): Promise<readonly PendingCall[]> {
    return this.#guarded(() => this.#desk.waiting(), []);
  }

  /** `body`: of a request over the control channel. */
  async decide(body: Buffer): Promise<DecideAnswer> {
    const request = readRequest(body);
    if (!request) return { ok: false, problem: 'The decision must be { "id", "choice", "message"? }.' };
    const failed: DecideAnswer = {
      ok: false,
      problem: "The decision could not be recorded. The gateway's log says why.",
    };
    return this.#guarded(() => this.#desk.decide(request, 'editor'), failed);
  }

  async #look(): Promise<void> {
    if (!this.#looking) return;
    const calls = await this.waiting();
    const told = calls.map(({ id }) => id).join();
    if (told === this.#told) return;
    this.#told = told;
    this.#emit({ event: 'approvals', calls });
  }

  async #guarded<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#log.error('What waits for approval could not be read or written.', { reason: reasonOf(error) });
      return otherwise;
    }
  }
}

const CHOICES: ReadonlySet<unknown> = new Set<Choice>(['once', 'session', 'deny']);
/** Characters of what a person says to the agent. */
const MAX_MESSAGE = 2_000;

function readRequest(body: Buffer): DecideRequest | undefined {
  const { id, choice, message } = objectIn(body) ?? {};
  if (typeof id !== 'string' || !CHOICES.has(choice) || !['string', 'undefined'].includes(typeof message))
    return undefined;
  const text = typeof message === 'string' && message.trim() !== '' ? { message: message.slice(0, MAX_MESSAGE) } : {};
  return { id, choice: choice as Choice, ...text };
}
