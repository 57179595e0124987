/** Looking for a planted secret in whatever a program left behind: as it is, and as base64, hexadecimal and UTF-16 would hide it. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Letters and digits only, so that quoting in JSON, URLs and CSV leaves it whole; long enough that nothing else is like it. */
export function plant(): string {
  return `Planted${randomBytes(16).toString('hex')}`;
}

/** The forms in which `bytes` hold the secret; empty: it is not there. */
export function formsIn(bytes: Uint8Array | string, secret: string): readonly string[] {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('latin1');
  const forms = [
    ['plain', secret],
    ['UTF-16', Buffer.from(secret, 'utf16le').toString('latin1')],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
    ...[0, 1, 2].map((offset) => [`base64 at ${String(offset)}`, base64At(secret, offset)]),
  ] as const;
  const lower = text.toLowerCase();
  return forms.flatMap(([form = '', look = '']) => {
    const isThere = form === 'hexadecimal' ? lower.includes(look) : text.includes(look) || text.includes(urlSafe(look));
    return isThere ? [form] : [];
  });
}

/** What of the secret's base64 does not depend on its surroundings, `offset` bytes behind a group of three. */
function base64At(secret: string, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  return whole.toString('base64').slice(offset === 0 ? 0 : 4, Math.floor(whole.length / 3) * 4);
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');

/** Every file below `folder`, by its path in it. */
export function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true }).map(String);
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(path.join(folder, name))]));
}

/** Where which secret is, as sentences; empty: nowhere. */
export function hunt(
  places: Iterable<readonly [string, Uint8Array | string]>,
  secrets: Readonly<Record<string, string>>,
): readonly string[] {
  return [...places].flatMap(([place, bytes]) =>
    Object.entries(secrets).flatMap(([name, secret]) =>
      formsIn(bytes, secret).map((form) => `the secret of ${name} is in ${place} (${form})`),
    ),
  );
}
