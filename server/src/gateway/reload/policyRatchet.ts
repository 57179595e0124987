/**
 * Which policy of a server may be in force: an edit that only restricts may at once, one that lets through more waits for a person, because agents
 * can edit files. What is in force until then is kept outside the workspace and outlives the gateway.
 */
import { loosenedPolicy, type Loosening } from '../../comparison/index.ts';
import { compilePolicy, rulesetsIn, type CompiledPolicy } from '../../policy/index.ts';
import type { Log } from '../../ports.ts';
import type { AcceptedContent, AcceptedSubject } from '../../state/ports.ts';
import type { PolicyInForce } from '../rules/enforcer.ts';
import { reasonOf } from '../rules/reason.ts';
import { accept, type AcceptanceStore } from './acceptance.ts';
import type { Held } from './heldStatus.ts';

export interface Weighed {
  readonly inForce: PolicyInForce;
  readonly held?: Held;
  /** Why what was found is not in force although nothing waits, for people. */
  readonly problem?: string;
}

/** Nothing was in force: every call was denied. */
const NOTHING: AcceptedContent = { file: '', text: null };

const NONE: PolicyInForce = { file: '', policy: undefined };

/** Else each start were a first one, and took whatever the file holds by then. */
const UNKEPT =
  'The policy could not be kept as the accepted one, so it is not in force. Mend the state folder, and start the gateway again.';

export class PolicyRatchet {
  readonly #stores: AcceptanceStore;
  readonly #subject: AcceptedSubject;
  readonly #log: Log;
  /** Should the kept one be lost or damaged while this gateway runs. */
  #last: AcceptedContent | undefined;

  constructor(stores: AcceptanceStore, subject: AcceptedSubject, log: Log) {
    this.#stores = stores;
    this.#subject = subject;
    this.#log = log;
  }

  /** `found`: what the file holds now; its `policy` is undefined where it holds none. */
  weigh(found: PolicyInForce): Weighed {
    const accepted = this.#read();
    if (!accepted) return this.#keep(contentOf(found)) ? { inForce: found } : { inForce: NONE, problem: UNKEPT };
    const before = { file: accepted.file, policy: compiled(accepted.text) };
    if (!found.policy) return { inForce: before };
    const loosened = loosenedBetween(before, { ...found, policy: found.policy }, this.#subject);
    if (loosened.length > 0 && !this.#stores.accepted.acceptedElsewhere(this.#subject, found.policy.source)) {
      this.#keep({ ...accepted, waiting: found.file });
      return { inForce: before, held: { hash: found.policy.hash, loosened } };
    }
    this.#keep(contentOf(found));
    return { inForce: found };
  }

  /** A person has accepted in the editor what the file holds. Throws `StateError`: then nothing changes. */
  accept(found: PolicyInForce & { readonly policy: CompiledPolicy }, loosened: readonly Loosening[]): void {
    const content = { file: found.file, text: found.policy.source };
    accept(this.#stores, { subject: this.#subject, content, loosened, approver: 'editor' });
    this.#last = content;
  }

  /** Another text after each acceptance, by whichever process. */
  version(): string {
    try {
      return this.#stores.accepted.version(this.#subject);
    } catch {
      return '';
    }
  }

  #read(): AcceptedContent | undefined {
    try {
      return (this.#last = this.#stores.accepted.read(this.#subject) ?? this.#last);
    } catch (error) {
      this.#log.error('The accepted policy cannot be read.', { reason: reasonOf(error) });
      return this.#last ?? NOTHING;
    }
  }

  /** Whether it is kept. What restricts holds also where it is not: after a restart it is weighed again. */
  #keep(content: AcceptedContent): boolean {
    if (JSON.stringify(this.#last) === JSON.stringify(content)) return true;
    try {
      this.#stores.accepted.write(this.#subject, content);
      this.#last = content;
      return true;
    } catch (error) {
      this.#log.error('The policy in force could not be kept.', { reason: reasonOf(error) });
      return false;
    }
  }
}

function contentOf({ file, policy }: PolicyInForce): AcceptedContent {
  return { file, text: policy?.source ?? null };
}

function compiled(text: string | null): CompiledPolicy | undefined {
  const compilation = text === null ? undefined : compilePolicy(text);
  return compilation?.ok ? compilation.policy : undefined;
}

/** What the second lets through and the first does not. Counters belong to a server's name and a policy's file (policy language §5). */
export function loosenedBetween(
  before: PolicyInForce,
  after: PolicyInForce & { readonly policy: CompiledPolicy },
  subject: AcceptedSubject,
): readonly Loosening[] {
  const loosened = loosenedPolicy(before.policy, after.policy);
  if (!before.policy || !countsCalls(before.policy)) return loosened;
  const isRenamed = isNamedByPolicy(subject) && before.policy.server !== after.policy.server;
  return [
    ...loosened,
    ...(before.file === after.file ? [] : [anew('another file')]),
    ...(isRenamed ? [anew('another name of the server')] : []),
  ];
}

function anew(what: string): Loosening {
  return { about: 'all tools', what: `${what}: its limits begin to count anew` };
}

/** Of a server that nothing but its policy names: kept by the policy's file, so that another name in it is no first policy of another server. */
export function unnamedSubject(folder: string, policyFile: string): AcceptedSubject {
  return { kind: 'policy', folder, server: '', config: policyFile };
}

function isNamedByPolicy({ kind, config }: AcceptedSubject): boolean {
  return kind === 'policy' && config !== undefined;
}

function countsCalls(policy: CompiledPolicy): boolean {
  return rulesetsIn(policy).some(({ rateLimit, limits }) => rateLimit !== undefined || limits.length > 0);
}
