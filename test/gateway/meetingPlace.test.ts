/** Who may join a gateway, and which gateway is joined: each side proves that it belongs to the state folder before anything is said. */
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { announce, announcementsIn } from '../../server/src/gateway/sharing/announcement.ts';
import { joinGateway } from '../../server/src/gateway/sharing/join.ts';
import { MeetingPlace } from '../../server/src/gateway/sharing/meetingPlace.ts';
import type { Likeness } from '../../server/src/gateway/sharing/likeness.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { collectingLog } from '../support/servers/log.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';

const likeness: Likeness = { version: 'v', folder: 'f', policy: 'p', launch: 'l', settings: 's' };
const request = { server: 'memory', grant: 'agent', session: 'n', likeness };
const prover = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('hex');

/** Announced as of another process: a gateway does not join itself. */
async function meetingPlace(folder: Folder): Promise<MeetingPlace> {
  const { server } = governInMemory(policyOf({ version: '1', default: 'allow' }), ['echo']);
  const servers = new Map([['memory', { server, likeness }]]);
  const grants = { named: (label: string) => ({ id: label, label }), holds: () => true };
  const { log } = collectingLog();
  const place = new MeetingPlace({ state: folder.path, servers, grants, prove: prover('right'), log });
  await place.open();
  const [own] = announcementsIn(folder.path);
  if (own) writeFileSync(folder.file(`gateways/${own.id}.json`), JSON.stringify({ ...own, pid: 1 }));
  return place;
}

async function join(folder: Folder, key = 'right', changes: object = {}) {
  const { log, entries } = collectingLog();
  const socket = await joinGateway({ ...request, ...changes }, { state: folder.path, prove: prover(key), log });
  onTestFinished(() => void socket?.destroy());
  return { socket, said: entries.map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`).join() };
}

test('a gateway of the same state folder is let in, and gets answers', async () => {
  await using folder = await makeFolder();
  const place = await meetingPlace(folder);
  const { socket } = await join(folder);
  const answer = new Promise<Buffer>((resolve) => socket?.once('data', resolve).resume());
  socket?.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  expect(String(await answer)).toBe('{"jsonrpc":"2.0","id":1,"result":{}}\n');
  await place.close();
});

test('one without the key is not let in, and one of another version, folder, policy, definition or settings is told why not', async () => {
  await using folder = await makeFolder();
  const place = await meetingPlace(folder);
  expect((await join(folder, 'wrong')).socket).toBeUndefined();
  const words = ['another version', 'another folder', 'another policy', 'another definition', 'other settings'];
  for (const [index, aspect] of Object.keys(likeness).entries()) {
    const { socket, said } = await join(folder, 'right', { likeness: { ...likeness, [aspect]: 'x' } });
    expect(socket).toBeUndefined();
    expect(said).toContain(words[index]);
  }
  expect((await join(folder, 'right', { likeness: {} })).socket).toBeUndefined();
  expect((await join(folder, 'right', { server: 'other' })).socket).toBeUndefined();
  await place.close();
});

test('somebody else who listens there learns a random number and nothing more', async () => {
  await using folder = await makeFolder();
  const heard: string[] = [];
  const impostor = net.createServer((socket) => {
    socket.on('data', (chunk) => {
      heard.push(chunk.toString());
      socket.write('{"nonce":"n","proof":"p"}\n{"joined":true}\n');
    });
  });
  const place = folder.file('s');
  await new Promise<void>((resolve) => impostor.listen(place, resolve));
  announce(folder.path, { id: 'i', pid: 1, startedAt: 1, socket: place, servers: ['memory'] });
  expect((await join(folder)).socket).toBeUndefined();
  expect(heard).toEqual([expect.stringMatching(/^\{"nonce":"[\w-]{43}"\}\n$/)]);
  await new Promise((resolve) => impostor.close(resolve));
});

test('a client that says nothing of use, or too much, is cut off, and others are let in after it', async () => {
  await using folder = await makeFolder();
  const place = await meetingPlace(folder);
  const [{ socket: at = '' } = {}] = announcementsIn(folder.path);
  for (const words of ['\n', 'null\n', '{"nonce":7}\n{"request":1}\n', 'x'.repeat(64 * 1024)]) {
    const socket = net.connect(at).on('error', () => undefined);
    socket.write(words);
    await new Promise((resolve) => socket.once('close', resolve).resume());
  }
  expect((await join(folder)).socket).toBeDefined();
  await place.close();
});

test.skipIf(process.platform === 'win32')(
  'the announcement and the socket are for this user alone, and go with the gateway',
  async () => {
    await using folder = await makeFolder();
    const place = await meetingPlace(folder);
    const [{ socket = '', id = '' } = {}] = announcementsIn(folder.path);
    const file = folder.file(`gateways/${id}.json`);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(path.dirname(socket)).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain('right');
    await place.close();
    expect([existsSync(socket), existsSync(path.dirname(socket))]).toEqual([false, false]);
    expect(announcementsIn(folder.path)).toEqual([]);
  },
);

test('what a gateway that was killed has left is cleared away by the next one, and files that are none of ours are passed over', async () => {
  await using folder = await makeFolder({ 'gateways/x.json': 'garbage', 'gateways/y.json': '{"id":"z"}' });
  announce(folder.path, { id: 'dead', pid: 2 ** 30, startedAt: 1, socket: folder.file('s'), servers: ['memory'] });
  const place = await meetingPlace(folder);
  expect(announcementsIn(folder.path).map(({ id }) => id)).not.toContain('dead');
  expect(readdirSync(folder.file('gateways'))).toContain('x.json');
  await place.close();
});
