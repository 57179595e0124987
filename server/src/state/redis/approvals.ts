/**
 * Calls that wait for a person, in Redis or Valkey: asked by any gateway, decided by whoever is first at any. Questions and verdicts are sealed with a
 * key that is not there, so whoever can write it can take calls away and cannot allow one. Must not decide who may be asked.
 */
import { createHmac, type KeyObject } from 'node:crypto';
import type { DecideAnswer, PendingCall, Verdict } from '../../protocol/approval.ts';
import { BLOCK_MILLISECONDS, MOST_WAITING, REFUSALS } from '../floods.ts';
import type { ApprovalStore, Asking, JoinedCall } from '../approvalPorts.ts';
import { seal, unseal } from '../sealed.ts';
import { decidedAlready, forged, notForSession, unknownCall } from '../verdicts.ts';
import {
  arriveScript,
  askScript,
  blockedScript,
  decideScript,
  editorsScript,
  lookScript,
  takeScript,
  waitingScript,
  withdrawScript,
} from './approvalScripts.ts';
import { PREFIX } from './key.ts';
import type { RedisLink } from './link.ts';

const CALLS = `${PREFIX}approval:`;
const WAITING = `${PREFIX}approvals`;
const REFUSED = `${PREFIX}refusals`;
const EDITORS = `${PREFIX}editors`;

/** Milliseconds after which a call counts as given up by a gateway that says nothing more; a desk looks five times a second. */
const LEASE = 5_000;
/** Milliseconds for which the other gateways can see that an approval was used. */
const SPENT = 60_000;
/** Milliseconds between two signs that an editor is there, and after which one is missed. */
const EDITOR_SIGN = 2_000;
const EDITOR_LEASE = 7_000;

export class RedisApprovals implements ApprovalStore {
  readonly #link: Pick<RedisLink, 'run' | 'send'>;
  readonly #key: KeyObject;
  /** What this process waits for, by whom. */
  readonly #asked = new Map<string, string>();
  readonly #editors = new Map<string, NodeJS.Timeout>();

  /** `key`: for sealing; not in Redis. */
  constructor(link: Pick<RedisLink, 'run' | 'send'>, key: KeyObject) {
    this.#link = link;
    this.#key = key;
  }

  async ask({ call, grantId, holder, key }: Asking): Promise<'asked' | 'full' | JoinedCall> {
    const life = String(call.expiresAt - call.askedAt);
    const digest = createHmac('sha256', this.#key).update(`same ${key}`).digest('hex');
    const [outcome, id, question, left] = listOf(
      await this.#link.run(
        askScript,
        [WAITING],
        [
          CALLS,
          call.id,
          grantId,
          digest,
          this.#seal('question', call.id, call),
          String(LEASE),
          life,
          String(MOST_WAITING),
        ],
      ),
    );
    if (outcome === 'full') return 'full';
    const joined = outcome === 'joined' ? this.#callIn(String(id), question) : undefined;
    if (outcome === 'joined' && !joined) return 'full';
    this.#asked.set(joined?.id ?? call.id, holder);
    return joined ? { call: joined, left: Number(left) } : 'asked';
  }

  async waiting(): Promise<readonly PendingCall[]> {
    const answer = listOf(await this.#link.run(waitingScript, [WAITING], [CALLS]));
    const ids = answer.filter((_, index) => index % 2 === 0);
    return ids.flatMap((id, index) => this.#callIn(String(id), answer[2 * index + 1]) ?? []);
  }

  async verdictOn(id: string): Promise<Verdict | 'spent' | undefined> {
    const [state, verdict] = listOf(await this.#link.run(lookScript, [CALLS + id], [String(LEASE)]));
    if (state === 'waiting') return undefined;
    return state === 'decided' ? this.#verdictIn(id, verdict) : 'spent';
  }

  async decide(id: string, verdict: Verdict): Promise<DecideAnswer> {
    const call = this.#callIn(id, await this.#link.send(['HGET', CALLS + id, 'question']));
    if (!call) return unknownCall;
    if (verdict.choice === 'session' && !call.mayRemember) return notForSession;
    const kind = verdict.choice === 'deny' ? 'deny' : 'allow';
    const args = [this.#seal('verdict', id, verdict), kind, String(REFUSALS), String(BLOCK_MILLISECONDS)];
    const [outcome, earlier] = listOf(await this.#link.run(decideScript, [CALLS + id, REFUSED], args));
    if (outcome === 'ok') return { ok: true };
    return outcome === 'decided' ? decidedAlready(this.#verdictIn(id, earlier)) : unknownCall;
  }

  async take(id: string): Promise<Verdict | undefined> {
    this.#asked.delete(id);
    const [outcome, verdict] = listOf(await this.#link.run(takeScript, [CALLS + id, WAITING], [id, String(SPENT)]));
    return outcome === 'taken' ? this.#verdictIn(id, verdict) : undefined;
  }

  async withdraw(id: string): Promise<void> {
    this.#asked.delete(id);
    await this.#link.run(withdrawScript, [CALLS + id, WAITING], [id]);
  }

  async blockedUntil(grantId: string): Promise<number> {
    const left = Number(await this.#link.run(blockedScript, [REFUSED], [grantId]));
    return left > 0 ? Date.now() + left : 0;
  }

  async editorArrived(holder: string): Promise<void> {
    const sign = (): Promise<unknown> => this.#link.run(arriveScript, [EDITORS], [holder, String(EDITOR_LEASE)]);
    clearInterval(this.#editors.get(holder));
    // While the connection is lost nobody can be asked anyhow.
    this.#editors.set(holder, setInterval(() => void sign().catch(() => undefined), EDITOR_SIGN).unref());
    await sign();
  }

  async editorLeft(holder: string): Promise<void> {
    clearInterval(this.#editors.get(holder));
    if (this.#editors.delete(holder)) await this.#link.send(['ZREM', EDITORS, holder]);
  }

  async hasEditor(): Promise<boolean> {
    return Number(await this.#link.run(editorsScript, [EDITORS], [])) > 0;
  }

  async left(holder: string): Promise<void> {
    const own = [...this.#asked].filter(([, of]) => of === holder).map(([id]) => id);
    await Promise.all([this.editorLeft(holder), ...own.map((id) => this.withdraw(id))]);
  }

  #seal(kind: 'question' | 'verdict', id: string, value: unknown): string {
    return Buffer.from(seal(this.#key, `${kind} ${id}`, JSON.stringify(value))).toString('base64');
  }

  #callIn(id: string, sealed: unknown): PendingCall | undefined {
    return this.#open('question', id, sealed) as PendingCall | undefined;
  }

  #verdictIn(id: string, sealed: unknown): Verdict {
    return (this.#open('verdict', id, sealed) as Verdict | undefined) ?? forged;
  }

  #open(kind: 'question' | 'verdict', id: string, sealed: unknown): unknown {
    const bytes = typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : undefined;
    const text = bytes && unseal(this.#key, `${kind} ${id}`, bytes);
    return text === undefined ? undefined : JSON.parse(text);
  }
}

function listOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? (answer as unknown[]) : [];
}
