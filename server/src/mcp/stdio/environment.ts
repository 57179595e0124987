/** What a child process is allowed to inherit: enough to run, nothing that may be a credential of the user's. */

const INHERITED = ['HOME', 'PATH', 'LANG', 'TMPDIR', 'USER'];
const PROXY = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'];
/** Which certificates to trust: behind a proxy that inspects TLS, `npx` could otherwise fetch nothing. Paths, no secrets. */
const CERTIFICATES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/** Without these, Windows starts no process at all. */
const WINDOWS = [
  'APPDATA',
  'COMSPEC',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'PATHEXT',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERNAME',
  'USERPROFILE',
  'WINDIR',
];

export function childEnvironment(
  inherited: NodeJS.ProcessEnv,
  defined: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const names = new Set([...INHERITED, ...PROXY, ...CERTIFICATES, ...(platform === 'win32' ? WINDOWS : [])]);
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && isInherited(name, names, platform)) environment[name] = value;
  }
  return { ...environment, ...defined };
}

/** Proxy variables are written in both cases; on Windows every name is. */
function isInherited(name: string, names: ReadonlySet<string>, platform: NodeJS.Platform): boolean {
  if (names.has(name)) return true;
  const upper = name.toUpperCase();
  return platform === 'win32' ? names.has(upper) : PROXY.includes(upper) && name === name.toLowerCase();
}
