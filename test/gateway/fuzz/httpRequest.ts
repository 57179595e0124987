/** One HTTP request as bytes: an honest one, or one whose path, headers, length or framing say something else than its body. */
import { STRANGER } from './world.ts';
import type { Random } from './random.ts';
import type { Seed } from './seeds.ts';

export interface RequestParts {
  readonly host: string;
  readonly path: string;
  readonly token: string;
  readonly session: string;
  readonly revision: string;
  /** Of the modern era: there is no session, and the headers repeat this of the body. */
  readonly repeated?: Seed['repeated'];
}

export interface RawRequest {
  readonly bytes: Buffer;
  /** Where its end is cannot be told: the client closes its side behind it. */
  readonly isOpenEnded: boolean;
}

type Header = [string, string];

interface Draft {
  verb: string;
  path: string;
  headers: Header[];
  body: Buffer;
  framing: 'length' | 'chunked' | 'as said';
  isOpenEnded: boolean;
}

export function honestRequest(parts: RequestParts, body: Buffer): RawRequest {
  return write(draftOf(parts, body), undefined);
}

/** Returns the kinds of mutation too. A request without a valid token carries a mark, so that its arrival would be noticed. */
export function mutatedRequest(
  parts: RequestParts,
  body: Buffer,
  random: Random,
): RawRequest & { readonly kinds: readonly string[] } {
  const draft = draftOf(parts, body);
  const kinds: string[] = [];
  for (let times = random.pick([0, 0, 0, 1, 1, 2]); times > 0; times--) {
    const [kind, mutate] = random.pick(mutations);
    mutate(draft, random);
    kinds.push(kind);
  }
  return { ...write(draft, random), kinds };
}

function draftOf({ host, path, token, session, revision, repeated }: RequestParts, body: Buffer): Draft {
  const ofEra: Header[] = repeated
    ? [
        ['MCP-Protocol-Version', '2026-07-28'],
        ['Mcp-Method', repeated.method],
        ...(repeated.name === undefined ? [] : [['Mcp-Name', encoded(repeated.name)] satisfies Header]),
      ]
    : [
        ['Mcp-Session-Id', session],
        ['MCP-Protocol-Version', revision],
      ];
  const headers: Header[] = [
    ['Host', host],
    ['Authorization', `Bearer ${token}`],
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json, text/event-stream'],
    ...ofEra,
  ];
  return { verb: 'POST', path, headers, body, framing: 'length', isOpenEnded: false };
}

/** A name that a header cannot hold goes in base64. */
function encoded(name: string): string {
  if (/^[!-~]+(?: [!-~]+)*$/.test(name) && !name.startsWith('=?')) return name;
  return `=?base64?${Buffer.from(name).toString('base64')}?=`;
}

const CALL = '{"jsonrpc":"2.0","id":"smuggled","method":"tools/call","params":{"name":"closed","arguments":{}}}';
const markedCall = JSON.stringify({
  jsonrpc: '2.0',
  id: 'stranger',
  method: 'tools/call',
  params: { name: 'open', arguments: { amount: 1, tag: STRANGER } },
});

function setHeader(draft: Draft, name: string, value: string): void {
  draft.headers = [...draft.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase()), [name, value]];
}

const mutations: readonly (readonly [string, (draft: Draft, random: Random) => void])[] = Object.entries({
  'header: content type': (draft, random) =>
    setHeader(
      draft,
      'Content-Type',
      random.pick([
        'text/plain',
        'application/json; charset=utf-16',
        'application/json;charset=utf-7',
        'application/jsonx',
        'multipart/form-data',
        '',
        'application/json; charset=utf-8',
        'APPLICATION/JSON',
      ]),
    ),
  'header: content encoding': (draft, random) =>
    setHeader(draft, 'Content-Encoding', random.pick(['gzip', 'br', 'deflate', 'identity', 'utf-7'])),
  'header: names another call': (draft, random) => {
    setHeader(draft, 'Mcp-Method', random.pick(['ping', 'tools/list', 'tools/call', '=?base64?cGluZw==?=']));
    setHeader(draft, 'Mcp-Name', random.pick(['open', 'closed', '=?base64?b3Blbg==?=']));
  },
  'header: revision': (draft, random) =>
    setHeader(draft, 'MCP-Protocol-Version', random.pick(['2024-11-05', '2025-03-26', '2026-07-28', '1', 'DRAFT', ''])),
  'header: session': (draft, random) =>
    setHeader(draft, 'Mcp-Session-Id', random.pick(['', 'x', '../', `${'A'.repeat(43)}`])),
  'header: twice': (draft, random) => {
    const [name, value] = random.pick(draft.headers);
    draft.headers.push([random.once(2) ? name : name.toUpperCase(), random.once(2) ? value : 'x']);
  },
  'header: the method is another': (draft, random) =>
    draft.headers.push([
      random.pick(['X-HTTP-Method-Override', 'X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Host']),
      random.pick(['DELETE', '/control/stop', 'evil']),
    ]),
  'stranger: token': (draft, random) => {
    draft.body = Buffer.from(markedCall);
    setHeader(
      draft,
      'Authorization',
      random.pick(['', 'Bearer', 'Bearer x', 'Basic eDp4', 'Bearer null', `Bearer ${'A'.repeat(43)}`]),
    );
  },
  'stranger: host': (draft, random) => {
    draft.body = Buffer.from(markedCall);
    setHeader(
      draft,
      'Host',
      random.pick(['evil.example', '127.0.0.1.evil.example', 'localhost@evil.example', '', '0.0.0.0']),
    );
  },
  'stranger: origin': (draft, random) => {
    draft.body = Buffer.from(markedCall);
    setHeader(
      draft,
      'Origin',
      random.pick(['null', 'https://evil.example', 'http://localhost.evil.example', 'file://']),
    );
  },
  path: (draft, random) => {
    draft.path = random.pick([
      `${draft.path}/`,
      `${draft.path}?x=/mcp/other`,
      `${draft.path}/../judge`,
      '/mcp/',
      '/mcp/JUDGE',
      '/control/status',
      '/mcp/%6audge',
      `//${draft.path}`,
      `http://evil.example${draft.path}`,
    ]);
  },
  verb: (draft, random) => void (draft.verb = random.pick(['PUT', 'PATCH', 'OPTIONS', 'TRACE', 'post', 'QUERY'])),
  'framing: chunked': (draft) => void (draft.framing = 'chunked'),
  'framing: length is wrong': (draft, random) => {
    draft.framing = 'as said';
    draft.isOpenEnded = true;
    setHeader(
      draft,
      'Content-Length',
      random.pick([
        String(draft.body.length + 1),
        String(Math.max(0, draft.body.length - 2)),
        '0',
        '-1',
        '+5',
        '0x10',
        '1e3',
        '99999999',
      ]),
    );
  },
  'framing: length and chunks': (draft) => {
    draft.framing = 'as said';
    draft.isOpenEnded = true;
    setHeader(draft, 'Content-Length', '5');
    setHeader(draft, 'Transfer-Encoding', 'chunked');
  },
  'framing: another coding': (draft, random) => {
    draft.framing = 'as said';
    draft.isOpenEnded = true;
    setHeader(
      draft,
      'Transfer-Encoding',
      random.pick([
        'gzip, chunked',
        'chunked, identity',
        ' chunked',
        'xchunked',
        'chunked\r\nTransfer-Encoding: identity',
      ]),
    );
  },
  'framing: a request in the body': (draft) => {
    draft.body = Buffer.concat([
      draft.body,
      Buffer.from(`\r\n\r\nPOST ${draft.path} HTTP/1.1\r\nHost: x\r\n\r\n${CALL}`),
    ]);
  },
} satisfies Record<string, (draft: Draft, random: Random) => void>);

function write({ verb, path, headers, body, framing, isOpenEnded }: Draft, random: Random | undefined): RawRequest {
  const all = [...headers];
  let payload = body;
  if (framing === 'length') all.push(['Content-Length', String(body.length)]);
  if (framing === 'chunked') {
    all.push(['Transfer-Encoding', 'chunked']);
    payload = chunked(body, random);
  }
  const head = `${verb} ${path} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return { bytes: Buffer.concat([Buffer.from(head, 'latin1'), payload]), isOpenEnded };
}

function chunked(body: Buffer, random: Random | undefined): Buffer {
  const pieces: Buffer[] = [];
  for (let start = 0; start < body.length;) {
    const end = Math.min(body.length, start + 1 + (random?.below(40) ?? 1_000));
    const extension = random?.once(4) ? ';name="closed"' : '';
    pieces.push(
      Buffer.from(`${(end - start).toString(16)}${extension}\r\n`),
      body.subarray(start, end),
      Buffer.from('\r\n'),
    );
    start = end;
  }
  return Buffer.concat([...pieces, Buffer.from(`0\r\n${random?.once(4) ? 'Mcp-Name: closed\r\n' : ''}\r\n`)]);
}
