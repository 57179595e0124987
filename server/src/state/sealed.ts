/** Texts that the database holds but must not show: encrypted and authenticated with a key of the installation (AES-256-GCM). Pure but for random bytes. */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `about`: what the text belongs to; it opens for nothing else. */
export function seal(key: KeyObject, about: string, text: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** `undefined`: changed, or sealed for something else or with another key. */
export function unseal(key: KeyObject, about: string, sealed: Uint8Array): string | undefined {
  const bytes = Buffer.from(sealed);
  const end = bytes.length - TAG_BYTES;
  if (end < NONCE_BYTES) return undefined;
  try {
    const opened = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    opened.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(end));
    return Buffer.concat([opened.update(bytes.subarray(NONCE_BYTES, end)), opened.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
