/**
 * The risk of a tool, with the evidence it rests on. Deterministic, offline, and safe against what servers write:
 * whatever the description, the schema and the hints say, the level never falls below what the name's verb gives.
 */
import { skeleton } from '../catalog/confusable.ts';
import { hasHiddenCharacters } from '../catalog/escape.ts';
import type { Tool } from '../catalog/tool.ts';
import type { Category } from '../policy/vocabulary.ts';
import { compareSeverity, worst, type Claim } from './claim.ts';
import { claimOfOperations } from './composite.ts';
import { claimOfDescription, irreversibleWords, type DescriptionClaim } from './description.ts';
import { claimOfHints, hintSignals, readHints } from './hints.ts';
import { levelOf } from './level.ts';
import { claimOfMoney } from './money.ts';
import { claimOfName } from './name.ts';
import { readParameters, type Parameters } from './parameters.ts';
import { nameSignals, parameterSignals, textSignals } from './signals.ts';
import type { Risk, Signal } from './verdict.ts';
import { READ_ONLY } from './vocabulary/texts.ts';
import { nameWords, plainText } from './words.ts';

const verdicts = new WeakMap<Tool, Risk>();

/** Never throws, whatever the tool object holds. The verdict is remembered for as long as the tool object lives. */
export function classifyTool(tool: Tool): Risk {
  let risk = verdicts.get(tool);
  if (risk === undefined) {
    risk = judge(read(tool));
    verdicts.set(tool, risk);
  }
  return risk;
}

/** All that the rules look at, read once. */
interface Reading {
  readonly tool: Tool;
  readonly words: readonly string[];
  readonly description: string;
  readonly parameters: Parameters;
  readonly signals: readonly Signal[];
  /** The name is not what it looks like: hidden characters, or letters that pass for others. */
  readonly disguised: boolean;
  readonly named: Claim | undefined;
  readonly described: DescriptionClaim | undefined;
}

function read(tool: Tool): Reading {
  const name = nameWords(tool.name);
  const description = plainText(text(tool.description) || text(tool.title));
  const parameters = readParameters(tool.inputSchema);
  const disguised = hasHiddenCharacters(tool.name) || skeleton(tool.name) !== tool.name;
  return {
    tool,
    words: name.words,
    description,
    parameters,
    signals: [
      ...parameterSignals(parameters, description),
      ...nameSignals(name.words, parameters),
      ...textSignals(tool, disguised),
    ],
    disguised,
    named: claimOfName(name),
    described: claimOfDescription(description),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A category under way: each rule may settle it or raise it. */
interface Opinion {
  category: Category;
  also: Category | undefined;
  readonly why: string[];
  confidence: Risk['confidence'];
}

function judge(reading: Reading): Risk {
  const opinion = settle(reading);
  raiseByDescription(opinion, reading);
  raiseByOperations(opinion, reading);
  addMoney(opinion, reading);
  addFreeForm(opinion, reading);
  addIrreversible(opinion, reading);
  addHints(opinion, reading);
  return conclude(opinion, reading);
}

/** Where the name speaks clearly it settles the category; else the description's leading verb, the operations, the name's weak word, the hints. */
function settle(reading: Reading): Opinion {
  const { named, described } = reading;
  const clear = named?.strength === 'strong' ? named : undefined;
  const claim = clear ?? unclear(reading);
  if (claim === undefined || (reading.disguised && claim.category === 'Read')) {
    return {
      category: 'Write',
      also: undefined,
      why: ['Nothing shows what it does, so it is not assumed safe.'],
      confidence: 'low',
    };
  }
  const agreed = named !== undefined && described?.category === named.category;
  const confidence = clear && agreed ? 'high' : claim.strength === 'strong' ? 'medium' : 'low';
  const second = claim === clear && agreed && described ? [described.why] : [];
  return { category: claim.category, also: undefined, why: [claim.why, ...second], confidence };
}

/** The best claim where the name is not clear. A description may say that a doubtful name only reads; of two changes the worse counts. */
function unclear(reading: Reading): Claim | undefined {
  const { named, described } = reading;
  if (described?.category === 'Execute' && readsOnly(reading)) {
    return { category: 'Read', strength: 'weak', why: 'The server says that it runs read-only what it is given.' };
  }
  if (named && described && described.category !== 'Read') return worst([described, named]);
  return (
    described ??
    claimOfOperations(reading.parameters.list) ??
    named ??
    claimOfHints(readHints(reading.tool.annotations))
  );
}

function readsOnly(reading: Reading): boolean {
  const hint = readHints(reading.tool.annotations).readOnlyHint;
  return hint !== false && READ_ONLY.test(reading.description);
}

function raiseTo(opinion: Opinion, claim: Claim | undefined): void {
  if (claim === undefined || compareSeverity(claim.category, opinion.category) <= 0) return;
  opinion.category = claim.category;
  opinion.why.push(claim.why);
  opinion.confidence = 'medium';
}

/** A description that begins with a worse verb than the name's is believed, but for "Runs a search" and the like, where running is only reading. */
function raiseByDescription(opinion: Opinion, reading: Reading): void {
  const { described } = reading;
  if (described?.plain !== true || (described.category === 'Execute' && opinion.category === 'Read')) return;
  raiseTo(opinion, described);
}

/** Operations raise a name that says nothing, and one that reads only where an operation surely changes something: lists are filtered by `action` too. */
function raiseByOperations(opinion: Opinion, reading: Reading): void {
  const claim = claimOfOperations(reading.parameters.list);
  if (claim?.strength === 'weak' && reading.named?.strength === 'strong') return;
  raiseTo(opinion, claim);
}

function addMoney(opinion: Opinion, reading: Reading): void {
  const money = claimOfMoney({
    nameWords: reading.words,
    description: reading.description,
    parameters: reading.parameters,
  });
  if (money === undefined || opinion.category === 'Read' || opinion.category === 'Financial') return;
  if (opinion.category === 'Destructive') {
    opinion.also = 'Financial';
    opinion.why.push(money.why);
  } else raiseTo(opinion, money);
}

/** Free-form code makes a tool Execute, unless it reads by name or the server says that it refuses writes. */
function addFreeForm(opinion: Opinion, reading: Reading): void {
  const code = reading.signals.find((signal) => signal.code === 'free-form-code');
  if (code === undefined) return;
  if (opinion.category === 'Read' && (readsOnly(reading) || readHints(reading.tool.annotations).readOnlyHint === true))
    return;
  raiseTo(opinion, { category: 'Execute', strength: 'strong', why: `It takes ${code.text}.` });
}

function addIrreversible(opinion: Opinion, reading: Reading): void {
  const words = opinion.category === 'Read' ? undefined : irreversibleWords(reading.description);
  if (words === undefined) return;
  const why = `The description says "${words}".`;
  if (opinion.category === 'Destructive') opinion.why.push(why);
  else raiseTo(opinion, { category: 'Destructive', strength: 'strong', why });
}

/** A server that calls its own tool destructive is believed as to a second face; one that calls it harmless is not. */
function addHints(opinion: Opinion, reading: Reading): void {
  const hints = readHints(reading.tool.annotations);
  if (hints.readOnlyHint === true && opinion.category === 'Read' && opinion.confidence === 'medium')
    opinion.confidence = 'high';
  if (hints.readOnlyHint === false && opinion.category === 'Read') {
    if (reading.named?.strength === 'strong') opinion.confidence = 'medium';
    else
      raiseTo(opinion, {
        category: 'Write',
        strength: 'weak',
        why: 'The server itself says that it changes something (readOnlyHint: false).',
      });
  }
  const changes = opinion.category === 'Write' || opinion.category === 'Execute';
  if (hints.destructiveHint === true && hints.readOnlyHint !== true && changes) {
    opinion.also ??= 'Destructive';
    opinion.why.push('The server itself says that it may destroy (destructiveHint: true).');
  }
}

function conclude(opinion: Opinion, reading: Reading): Risk {
  const level = levelOf(opinion.category, reading.words, reading.signals);
  const also = opinion.also ?? secondFace(opinion.category, reading);
  return {
    category: opinion.category,
    level: level.level,
    confidence: reading.disguised ? 'low' : opinion.confidence,
    ...(also === undefined ? {} : { also }),
    why: level.why === undefined ? opinion.why : [...opinion.why, level.why],
    signals: [...reading.signals, ...hintSignals(readHints(reading.tool.annotations), opinion.category)],
  };
}

/** Sending something is running it and writing it, and so is a write that others see. */
function secondFace(category: Category, reading: Reading): Category | undefined {
  if (!reading.signals.some((signal) => signal.code === 'visible-to-others')) return undefined;
  return category === 'Execute' ? 'Write' : category === 'Write' ? 'Execute' : undefined;
}
