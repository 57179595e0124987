/** Where the command line keeps logins, and what it tells people who have to log in. */
import path from 'node:path';
import { ServerLogin, type ResolvedLaunch } from '../mcp/index.ts';
import { SecretFiles } from '../state/index.ts';
import { text, type Invocation, type Io } from './command.ts';
import { stderrLog } from './log.ts';
import { stateFolder } from './stateFolder.ts';

/** The options that say which server is meant and where its login is kept: a login must be given the same ones. */
const SHARED_OPTIONS = ['config', 'folder', 'state', 'url'] as const;

/** As a sentence. Paths are made absolute, since it is read elsewhere. */
export function loginAdvice(server: string, invocation: Invocation, { cwd }: Pick<Io, 'cwd'>): string {
  const options = SHARED_OPTIONS.flatMap((name) => {
    const value = text(invocation, name);
    if (value === undefined) return [];
    return [`--${name}`, quoted(name === 'url' ? value : path.resolve(cwd, value))];
  });
  return `A person has to run: portcullis login ${[quoted(server), ...options].join(' ')}`;
}

/** For reading, and for most shells. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Logins kept in files. `directory`: of the state. */
export function fileLogin(name: string, directory: string | undefined, io: Io, advice = ''): ServerLogin {
  const store = new SecretFiles(stateFolder(directory, io));
  return new ServerLogin({ name, store, advice, log: stderrLog(io) });
}

/** What a connection is to be given. */
export function authorizationFor(login: ServerLogin, launch: ResolvedLaunch): object {
  const authorization = login.authorize(launch);
  return authorization ? { authorization } : {};
}
