/** Several gateways' states, each with a folder of its own, on one Redis. */
import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeFolder, type Folder } from '../../../support/folder.ts';
import { hasRedis, startRedis } from '../../../support/redisServer.ts';

const worker = path.join(import.meta.dirname, 'worker.ts');

/** What one gateway let through and recorded. */
async function run(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ admitted: number; recorded: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [worker, folder], { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as { admitted: number; recorded: number };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

describe.skipIf(!hasRedis)('three processes that share a Redis', () => {
  it('let exactly the limit through between them, and record just that', { timeout: 90_000 }, async () => {
    await using folder = await makeFolder();
    await using server = await startRedis();

    const done = await Promise.all(['a', 'b', 'c'].map((name) => run(folder.file(name), { REDIS_URL: server.url })));

    expect(sum(done.map(({ admitted }) => admitted))).toBe(100);
    expect(done.map(({ recorded }) => recorded)).toEqual(done.map(({ admitted }) => admitted));
  });
});

describe.skipIf(!hasRedis || !hasOpenssl())('a shared state behind TLS', () => {
  it('is used when its certificate is trusted, and refused when it is not', { timeout: 60_000 }, async () => {
    await using folder = await makeFolder();
    const { certificate, key } = makeCertificate(folder);
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no', '--port', '0'];
    await using server = await startRedis((port) => ['--tls-port', String(port), ...tls]);
    const REDIS_URL = `rediss://localhost:${String(server.port)}`;

    expect(await run(folder.file('a'), { REDIS_URL, NODE_EXTRA_CA_CERTS: certificate })).toMatchObject({
      admitted: 100,
    });

    await expect(run(folder.file('b'), { REDIS_URL })).rejects.toThrow(/cannot be used: .*certificate/);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** For `localhost`, signed by itself. */
function makeCertificate(folder: Folder): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [folder.file('redis.crt'), folder.file('redis.key')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  return { certificate, key };
}
