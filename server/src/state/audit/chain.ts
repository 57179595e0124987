/**
 * The form of an audit record and the chain over all of them (docs/audit.md). Pure but for the HMAC; storing is sqlite/audit.ts.
 *
 * A record is one line of JSON whose last member is `hash`: HMAC-SHA-256 of the same line without that member. Lines are kept as they were hashed,
 * so that checking never depends on how a value would be printed today.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { AuditRecord, Entry } from '../../protocol/audit.ts';

/** Where the chain stands: its newest record. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

export const beginning: Link = { seq: 0, hash: '0'.repeat(64) };

/** One key for each use, all from the key of this installation: an HMAC of arguments never passes for one of a record. */
export function deriveKey(
  installKey: string,
  use:
    | 'approvals'
    | 'audit chain'
    | 'audit checkpoint'
    | 'audit head'
    | 'arguments'
    | 'identity'
    | 'ledger'
    | 'sharing'
    | 'signatures'
    | 'values',
): KeyObject {
  return createSecretKey(createHmac('sha256', installKey).update(`portcullis ${use} 1`).digest());
}

export function hmac(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Adds the chain to an entry; `line` is what gets stored. `at` is milliseconds since the epoch. */
export function chained(
  entry: Entry,
  previous: Link,
  at: number,
  key: KeyObject,
): { readonly record: AuditRecord; readonly line: string } {
  const { kind, ...rest } = entry;
  const linked = { kind, seq: previous.seq + 1, at: new Date(at).toISOString(), ...rest, prev: previous.hash };
  const body = encodeLine(linked);
  const hash = hmac(key, body);
  // `kind` was split off and put back first for the reader's eye; the union survives it.
  return { record: { ...linked, hash } as AuditRecord, line: `${body.slice(0, -1)},"hash":"${hash}"}` };
}

/** The hash that a stored line claims, without checking it. */
export function hashOf(line: string): string {
  return hashMember.exec(line)?.[1] ?? '';
}

/** Whether the line is what was hashed with this key. */
export function isGenuine(line: string, key: KeyObject): boolean {
  const claimed = hashOf(line);
  return claimed !== '' && hmac(key, `${line.slice(0, -(claimed.length + 11))}}`) === claimed;
}

const hashMember = /,"hash":"([0-9a-f]{64})"\}$/;

/**
 * JSON on one line in which nothing can break the line, move the cursor or reorder what is read: control and format characters, line and
 * paragraph separators are escaped. Parses back to the same value.
 */
export function encodeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return hidden.test(json) ? json.replace(allHidden, escapeUnits) : json;
}

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const allHidden = new RegExp(hidden.source, 'gu');

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
