/** Mutations of how a message is written: encodings, marks, stray tokens and bytes. */
import type { Random } from './random.ts';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

export const byteMutations: Readonly<Record<string, Mutation>> = {
  'a byte order mark': (bytes, random) => Buffer.concat([Buffer.from(random.pick(MARKS)), bytes]),
  'UTF-16': (bytes, random) => {
    const encoded = Buffer.from(bytes.toString('utf8'), 'utf16le');
    return random.once(2) ? encoded.swap16() : encoded;
  },
  'UTF-32': (bytes) => Buffer.concat([...bytes].map((byte) => Buffer.from([byte, 0, 0, 0]))),
  'overlong UTF-8': (bytes, random) => {
    const at = random.below(bytes.length);
    const byte = bytes[at] ?? 0;
    const overlong = random.pick([
      [0xc0 | (byte >> 6), 0x80 | (byte & 0x3f)],
      [0xe0, 0x80 | (byte >> 6), 0x80 | (byte & 0x3f)],
    ]);
    return splice(bytes, at, 1, Buffer.from(overlong));
  },
  'half a surrogate pair': (bytes, random) =>
    insert(bytes, random, random.pick([Buffer.from('\\ud800'), Buffer.from([0xed, 0xa0, 0x80])])),
  'a stray token': (bytes, random) => insert(bytes, random, Buffer.from(random.pick(TOKENS))),
  'a member before others': (bytes, random) => {
    const at = placeNear(bytes, random.below(bytes.length));
    return splice(bytes, at, 0, Buffer.from(`${random.pick(MEMBERS)},`));
  },
  'a byte changed': (bytes, random) => splice(bytes, random.below(bytes.length), 1, Buffer.from([random.below(256)])),
  'bytes removed': (bytes, random) => splice(bytes, random.below(bytes.length), 1 + random.below(6), Buffer.alloc(0)),
  'cut off': (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'something behind it': (bytes, random) => Buffer.concat([bytes, Buffer.from(random.pick(TAILS))]),
};

/** Behind a brace or a comma a member is most likely to be read. */
function placeNear(bytes: Buffer, at: number): number {
  for (let place = at; place < bytes.length; place++)
    if (bytes[place] === 0x7b || bytes[place] === 0x2c) return place + 1;
  return at;
}

function insert(bytes: Buffer, random: Random, piece: Buffer): Buffer {
  return splice(bytes, random.below(bytes.length + 1), 0, piece);
}

function splice(bytes: Buffer, at: number, removed: number, piece: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + removed)]);
}

const MARKS = [[0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0x2b, 0x2f, 0x76, 0x38], [0x00]];
const CALL = '{"jsonrpc":"2.0","id":"tail","method":"tools/call","params":{"name":"closed"}}';
const TAILS = [',', ']', '}', ' ', '\u0000', '\u2028', `\r${CALL}`, `\u0085${CALL}`, `,${CALL}`, '// x', '/* */', '#'];
const MEMBERS = [
  ...['"name":"closed"', '"Name":"closed"', '"n\\u0061me":"closed"', '"name":"pay"', '"name":"open"'],
  ...['"arguments":{"amount":1000}', '"arguments":{"amount":1e1000}', '"amount":1000', '"amount":1E3', '"amount":[1]'],
  ...['"__proto__":{"amount":1}', '"__proto__":{"name":"open"}', '"method":"tools/call"', '"Method":"tools/call"'],
  ...[
    '"params":{"name":"secret_key"}',
    '"PARAMS":{"name":"closed"}',
    '"id":null',
    '"id":9',
    '"jsonrpc":"2.0"',
    '"task":{}',
  ],
];
const TOKENS = [
  ...['\\u0063losed', '\u212a', '\u017f', 'ｃlosed', '\u0000', '\ufeff', '//', '/* */', ',', '{', '}', '[', ']', ':'],
  ...['"', '\\', '\\/', '\u2028', '\u2029', '\r', '\t', '\u000b', 'NaN', 'Infinity', '-', '+1', '.5', '0x10', "'", '`'],
];
