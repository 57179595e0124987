/** Mutations of what a message says: members twice or under look-alike keys, other values, other shapes, batches. */
import { looseFrom, objectsIn, string, text, writeLoose, type Loose } from './looseJson.ts';
import type { Random } from './random.ts';
import { AMOUNTS } from './seeds.ts';
import { TOOLS } from './world.ts';

type Mutation = (message: Loose, random: Random) => Loose;
type LooseObject = Extract<Loose, { kind: 'object' }>;

export const structureMutations: Readonly<Record<string, Mutation>> = {
  'a key twice': onMember(({ members }, at, random) => {
    const [key, value] = members[at] as [string, Loose];
    members.splice(random.below(members.length + 1), 0, [key, random.once(3) ? value : evilValue(key, random)]);
  }),
  'a look-alike key': onMember(({ members }, at, random) => {
    const [key] = members[at] as [string, Loose];
    members.splice(random.below(members.length + 1), 0, [lookAlike(key, random), evilValue(key, random)]);
  }),
  'another value': onMember(({ members }, at, random) => {
    const [key] = members[at] as [string, Loose];
    members[at] = [key, evilValue(key, random)];
  }),
  'a member less': onMember(({ members }, at) => void members.splice(at, 1)),
  'a member of its own': onMember(
    ({ members }, _at, random) => void members.push([random.pick(STRAYS), evilValue('x', random)]),
  ),
  'a member of somewhere else': (message, random) => {
    const [from, to] = [random.pick(objectsIn(message)), random.pick(objectsIn(message))];
    const member = from?.members[random.below(Math.max(1, from.members.length))];
    // By value: a tree must not hold itself.
    if (member && to) to.members.push([member[0], text(writeLoose(member[1]))]);
    return message;
  },
  'other order': onMember(({ members }) => void members.reverse()),
  'nested deeper': (message, random) => {
    const depth = random.pick([1, 2, 60, 64, 65, 300]);
    return replaceRandom(message, random, (value) => text('['.repeat(depth) + writeLoose(value) + ']'.repeat(depth)));
  },
  'a string of itself': (message, random) => replaceRandom(message, random, (value) => string(writeLoose(value))),
  'a batch': (message, random) => ({
    kind: 'array',
    items: random.pick([[message], [message, forbidden(random)], [forbidden(random), message], []]),
  }),
  'a batch in a batch': (message) => ({ kind: 'array', items: [{ kind: 'array', items: [message] }] }),
};

function onMember(change: (object: LooseObject, at: number, random: Random) => void): Mutation {
  return (message, random) => {
    const object = random.pick(objectsIn(message).filter(({ members }) => members.length > 0));
    if (object) change(object, random.below(object.members.length), random);
    return message;
  };
}

function replaceRandom(message: Loose, random: Random, change: (value: Loose) => Loose): Loose {
  return onMember((object, at) => {
    const [key, value] = object.members[at] as [string, Loose];
    object.members[at] = [key, change(value)];
  })(message, random);
}

const STRAYS = [
  'task',
  '_meta',
  'inputResponses',
  'requestState',
  '__proto__',
  'constructor',
  'toString',
  'result',
  'error',
  'Method',
  'arguments',
  'name',
  'extra',
  '',
];

function forbidden(random: Random): Loose {
  const name = random.pick(['closed', 'secret_key', 'del_all']);
  return looseFrom({
    jsonrpc: '2.0',
    id: `b${random.below(1e6)}`,
    method: 'tools/call',
    params: { name, arguments: {} },
  });
}

function lookAlike(key: string, random: Random): string {
  const replaced = key.replace(/[a-z]/, (letter) =>
    random.pick([letter.toUpperCase(), String.fromCodePoint(0xfee0 + (letter.codePointAt(0) ?? 0)), `${letter}\u0301`]),
  );
  return random.pick([
    replaced,
    key.toUpperCase(),
    key.replaceAll('s', '\u017f'),
    key.replaceAll('k', '\u212a'),
    `${key}\u0000`,
    `${key} `,
    ` ${key}`,
    `\ufeff${key}`,
    `${key}\u200b`,
    key.replace(/^./, (first) => `\\u00${first.charCodeAt(0).toString(16)}`),
  ]);
}

function evilValue(key: string, random: Random): Loose {
  if (random.once(4)) return text(random.pick(AMOUNTS));
  switch (key) {
    case 'name':
      return string(
        random.pick([...TOOLS, 'CLOSED', 'clo\u017fed', 'closed\u0000x', 'ope\u006e', '%63losed', 'closed\n', 'ｏpen']),
      );
    case 'method':
      return string(
        random.pick([
          'tools/call',
          'tools/list',
          'Tools/Call',
          'tools/call\u0000',
          'tools\\/call',
          'ping',
          'notifications/tools/call',
          'initialize',
          'x'.repeat(300),
        ]),
      );
    case 'params':
    case 'arguments':
      return looseFrom(
        random.pick([
          { name: 'closed' },
          { name: 'secret_key', arguments: { amount: 1000 } },
          [],
          ['closed'],
          { amount: 1000 },
          JSON.parse('{"__proto__":{"amount":1}}') as object,
        ]),
      );
    case 'id':
      return text(
        random.pick([
          'null',
          '1',
          '1',
          '"1"',
          '1.0',
          '1e0',
          '-1',
          '9007199254740993',
          '[]',
          '{}',
          'true',
          '1e400',
          `"${'i'.repeat(300)}"`,
        ]),
      );
    default:
      return looseFrom(
        random.pick<unknown>([
          '2.0',
          '1.0',
          'closed',
          1000,
          null,
          {},
          [],
          { name: 'closed' },
          { method: 'tools/call' },
        ]),
      );
  }
}
