/** Which port the gateway listens on: the one that it had last time where it is free, so that client configurations stay right. */
import type { State } from '../../state/ports.ts';
import { StartError } from '../core.ts';
import type { HttpFace } from './face.ts';

/** Resolves with the port, and remembers it. Rejects with `StartError`. */
export async function listenSomewhere(
  face: HttpFace,
  host: string,
  wanted: number | undefined,
  state: Pick<State, 'port'>,
): Promise<number> {
  const port =
    wanted === undefined || wanted === 0
      ? await listenAgain(face, host, state.port)
      : await listenOn(face, host, wanted);
  state.port = port;
  return port;
}

async function listenAgain(face: HttpFace, host: string, last: number | undefined): Promise<number> {
  try {
    if (last !== undefined) return await face.listen(host, last);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE' && codeOf(error) !== 'EACCES') throw startError(error, host, last ?? 0);
  }
  return listenOn(face, host, 0);
}

async function listenOn(face: HttpFace, host: string, port: number): Promise<number> {
  try {
    return await face.listen(host, port);
  } catch (error) {
    throw startError(error, host, port);
  }
}

function startError(error: unknown, host: string, port: number): StartError {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new StartError(
      'port-in-use',
      `Port ${port} is in use by another program. Choose another with --port, or leave --port out.`,
    );
  return new StartError('cannot-listen', `The gateway cannot listen on ${host}:${port} (${code}).`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
