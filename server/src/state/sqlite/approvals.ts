/**
 * Calls that wait for a person, in SQLite: asked by one gateway, decided by whoever is first among all processes. Arguments are in it only sealed,
 * and only while they wait. Must not decide who may be asked, or what follows from a verdict: the gateway does.
 */
import type { KeyObject } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import type { DecideAnswer, PendingCall, Verdict } from '../../protocol/approval.ts';
import type { ApprovalStore, Asking } from '../approvalPorts.ts';
import type { Immediate } from '../async.ts';
import { isHolderRunning } from '../running.ts';
import { seal, unseal } from '../sealed.ts';
import { decidedAlready, forged, notForSession, unknownCall } from '../verdicts.ts';
import { BLOCK_MILLISECONDS, MOST_WAITING, REFUSALS } from '../floods.ts';
import type { Database } from './database.ts';

const statements = {
  insert: 'INSERT INTO approval (id, grant_id, holder, question) VALUES (?, ?, ?, ?)',
  find: 'SELECT grant_id, holder, question, verdict FROM approval WHERE id = ?',
  waiting: 'SELECT id, holder, question FROM approval WHERE verdict IS NULL ORDER BY rowid',
  ofGrant: 'SELECT holder FROM approval WHERE grant_id = ? AND verdict IS NULL',
  holders: 'SELECT DISTINCT holder FROM approval',
  decide: 'UPDATE approval SET verdict = ? WHERE id = ? AND verdict IS NULL',
  forget: 'DELETE FROM approval WHERE id = ?',
  forgetHolder: 'DELETE FROM approval WHERE holder = ?',
  refused: 'SELECT refused, until FROM refusal WHERE grant_id = ?',
  setRefused: 'INSERT OR REPLACE INTO refusal (grant_id, refused, until) VALUES (?, ?, ?)',
  clearRefused: 'DELETE FROM refusal WHERE grant_id = ?',
  arrive: 'INSERT OR IGNORE INTO decider (holder) VALUES (?)',
  leave: 'DELETE FROM decider WHERE holder = ?',
  deciders: 'SELECT holder FROM decider',
} as const;

export class SqliteApprovals implements Immediate<ApprovalStore> {
  readonly #database: Database;
  readonly #key: KeyObject;
  readonly #statements: Record<keyof typeof statements, StatementSync>;

  /** `key`: for sealing. */
  constructor(database: Database, key: KeyObject) {
    this.#database = database;
    this.#key = key;
    const prepared = Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#statements = Object.fromEntries(prepared) as Record<keyof typeof statements, StatementSync>;
  }

  /** Each process asks for its own: where the same call waits in another one, a person is asked twice. */
  ask({ call, grantId, holder }: Asking): 'asked' | 'full' {
    const question = seal(this.#key, `question ${call.id}`, JSON.stringify(call));
    return this.#database.transaction(() => {
      this.#forgetTheDead();
      if (this.#statements.ofGrant.all(grantId).length >= MOST_WAITING) return 'full';
      this.#statements.insert.run(call.id, grantId, holder, question);
      return 'asked';
    });
  }

  waiting(): readonly PendingCall[] {
    const rows = this.#database.run(() => this.#statements.waiting.all());
    return rows.flatMap((row) => {
      const call = isHolderRunning(String(row['holder']))
        ? this.#callIn(String(row['id']), row['question'])
        : undefined;
      return call ? [call] : [];
    });
  }

  verdictOn(id: string): Verdict | undefined {
    const row = this.#database.run(() => this.#statements.find.get(id));
    return row && this.#verdictIn(id, row['verdict']);
  }

  decide(id: string, verdict: Verdict, at: number): DecideAnswer {
    return this.#database.transaction(() => {
      const row = this.#statements.find.get(id);
      if (!row || !isHolderRunning(String(row['holder']))) return unknownCall;
      const earlier = this.#verdictIn(id, row['verdict']);
      if (earlier) return decidedAlready(earlier);
      const call = this.#callIn(id, row['question']);
      if (!call) return unknownCall;
      if (verdict.choice === 'session' && !call.mayRemember) return notForSession;
      this.#statements.decide.run(seal(this.#key, `verdict ${id}`, JSON.stringify(verdict)), id);
      this.#count(String(row['grant_id']), verdict, at);
      return { ok: true };
    });
  }

  take(id: string): Verdict | undefined {
    return this.#database.transaction(() => {
      const row = this.#statements.find.get(id);
      this.#statements.forget.run(id);
      return row && this.#verdictIn(id, row['verdict']);
    });
  }

  withdraw(id: string): void {
    this.#database.run(() => this.#statements.forget.run(id));
  }

  blockedUntil(grantId: string): number {
    return Number(this.#database.run(() => this.#statements.refused.get(grantId))?.['until'] ?? 0);
  }

  editorArrived(holder: string): void {
    this.#database.run(() => this.#statements.arrive.run(holder));
  }

  left(holder: string): void {
    this.#database.transaction(() => {
      this.#statements.leave.run(holder);
      this.#statements.forgetHolder.run(holder);
    });
  }

  editorLeft(holder: string): void {
    this.#database.run(() => this.#statements.leave.run(holder));
  }

  hasEditor(): boolean {
    return this.#database
      .run(() => this.#statements.deciders.all())
      .some((row) => isHolderRunning(String(row['holder'])));
  }

  #count(grantId: string, { choice }: Verdict, at: number): void {
    if (choice !== 'deny') return void this.#statements.clearRefused.run(grantId);
    const refused = Number(this.#statements.refused.get(grantId)?.['refused'] ?? 0) + 1;
    if (refused < REFUSALS) this.#statements.setRefused.run(grantId, refused, 0);
    else this.#statements.setRefused.run(grantId, 0, at + BLOCK_MILLISECONDS);
  }

  /** What a gateway that was killed had asked waits for nothing any more. */
  #forgetTheDead(): void {
    for (const row of [...this.#statements.holders.all(), ...this.#statements.deciders.all()]) {
      const holder = String(row['holder']);
      if (isHolderRunning(holder)) continue;
      this.#statements.leave.run(holder);
      this.#statements.forgetHolder.run(holder);
    }
  }

  #callIn(id: string, sealed: unknown): PendingCall | undefined {
    return this.#open(`question ${id}`, sealed) as PendingCall | undefined;
  }

  #verdictIn(id: string, sealed: unknown): Verdict | undefined {
    return sealed === null ? undefined : ((this.#open(`verdict ${id}`, sealed) as Verdict | undefined) ?? forged);
  }

  #open(about: string, sealed: unknown): unknown {
    const text = sealed instanceof Uint8Array ? unseal(this.#key, about, sealed) : undefined;
    return text === undefined ? undefined : JSON.parse(text);
  }
}
