/** Frames as requests over real HTTP: several in one connection, cut anywhere, with headers and framing that lie. Each is answered, or its connection closed. */
import net from 'node:net';
import { openSession, type RawSession } from '../support/http.ts';
import { frame, LISTEN } from './frames.ts';
import { startOnHttp, type HttpUnderTest } from './gateways.ts';
import { honestRequest, mutatedRequest, type RawRequest } from './httpRequest.ts';
import { giveUpAfter } from './patience.ts';
import type { Random } from './random.ts';
import type { Report } from './report.ts';
import { controlCall } from './seeds.ts';
import type { World } from './world.ts';

const AT_ONCE = 40;
/** Ends only a run that has failed. */
const PATIENCE = 20_000;

export async function fuzzHttp(world: World, cases: number, random: Random, report: Report): Promise<void> {
  const under = await startOnHttp(world, report);
  const revisions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
  const sessions = await Promise.all(revisions.map((revision) => openSession(under, { revision })));
  for (let done = 0; done < cases;) {
    const sending: Promise<void>[] = [];
    for (; sending.length < AT_ONCE && done < cases; done++)
      sending.push(tryRequest(under, sessions, done, random, report));
    for (const session of sessions) sending.push(tryHonest(under, session, `tag-${done}-${session.revision}`, report));
    await Promise.all(sending);
    if (report.findings.length > 0) break;
  }
  await under.finish();
}

async function tryRequest(
  under: HttpUnderTest,
  sessions: readonly RawSession[],
  number: number,
  random: Random,
  report: Report,
): Promise<void> {
  const session = random.pick(sessions);
  const requests = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, index) => {
    // Ids are few, so that sessions use the same at once.
    const { bytes, kinds, repeated } = frame(random, random.once(2) ? random.below(5) : `c${number}-${index}`);
    const parts = { ...partsOf(under, session), ...(repeated ? { repeated } : {}) };
    const request = mutatedRequest(parts, bytes, random);
    for (const kind of [...kinds, ...request.kinds]) report.count(`mutated: ${kind}`);
    return request;
  });
  const said = await exchange(under, requests, random);
  if (said === undefined) return report.found('a connection was neither answered nor closed', textOf(requests));
  count(said, report);
}

/** The same id in every session: each must get the answer to its own call. */
async function tryHonest(under: HttpUnderTest, session: RawSession, tag: string, report: Report): Promise<void> {
  const body = Buffer.from(JSON.stringify(controlCall(1_000_001, tag)));
  const said = await exchange(under, [honestRequest(partsOf(under, session), body)]);
  if (!said?.includes(tag)) report.found('an honest call did not get its own answer', said ?? 'nothing');
}

function partsOf({ url, token }: HttpUnderTest, { id, revision }: RawSession) {
  return { host: url.host, path: url.pathname, token, session: id, revision };
}

/** Everything that came back before the connection ended; `undefined`: it did not end. */
function exchange(
  { url }: HttpUnderTest,
  requests: readonly RawRequest[],
  random?: Random,
): Promise<string | undefined> {
  const bytes = Buffer.concat(
    requests.map((request, index) => (index === requests.length - 1 ? closing(request.bytes) : request.bytes)),
  );
  const isOpenEnded = requests.some((request) => request.isOpenEnded);
  const mayListen = bytes.includes(LISTEN);
  return new Promise((resolve) => {
    let said = '';
    const socket = net.connect(Number(url.port), '127.0.0.1');
    const goOn = giveUpAfter(PATIENCE, () => resolve(undefined));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      said += chunk;
      // An open stream of news is an answer, too.
      if (mayListen && said.includes('text/event-stream')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      goOn();
      resolve(said);
    });
    writePieces(socket, bytes, random, () => isOpenEnded && socket.end());
  });
}

/** The next piece goes when the one before has left this process, so that they arrive apart. */
function writePieces(socket: net.Socket, bytes: Buffer, random: Random | undefined, done: () => void): void {
  const end = random?.once(3) ? 1 + random.below(bytes.length) : bytes.length;
  socket.write(bytes.subarray(0, end), (error) => {
    if (error || end === bytes.length) return done();
    setImmediate(() => writePieces(socket, bytes.subarray(end), undefined, done));
  });
}

/** With its first line break comes the wish to end the connection behind the answer. */
function closing(bytes: Buffer): Buffer {
  const at = bytes.indexOf('\r\n') + 2;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from('Connection: close\r\n'), bytes.subarray(at)]);
}

function count(said: string, report: Report): void {
  const statuses = [...said.matchAll(/HTTP\/1\.1 (\d{3})/g)];
  if (statuses.length === 0) report.count('HTTP closed without an answer');
  for (const [, status] of statuses) report.count(`HTTP ${status}`);
  for (const [, what] of said.matchAll(/"(portcullis\/decision|error|result)":/g))
    report.count(`answered: ${what === 'error' || what === 'result' ? what : 'denial'}`);
  if (/"name":"secret_key"/.test(said)) report.found('a hidden tool was listed', said);
}

function textOf(requests: readonly RawRequest[]): string {
  return JSON.stringify(requests.map(({ bytes }) => bytes.toString('latin1')));
}
