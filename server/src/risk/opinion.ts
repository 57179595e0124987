/**
 * The rules of risk in their order: the name first, then what may raise it. A rule settles the category or raises it; none lowers what a clear name says.
 */
import type { Category } from '../policy/vocabulary.ts';
import { compareSeverity, worst, type Claim } from './claim.ts';
import { claimOfOperations } from './composite.ts';
import { irreversibleWords } from './description.ts';
import { claimOfHints } from './hints.ts';
import { claimOfMoney } from './money.ts';
import type { Reading } from './reading.ts';
import type { Risk } from './verdict.ts';
import { EXAMINING } from './vocabulary/parameters.ts';
import { PROCESS_NOUNS } from './vocabulary/nouns.ts';
import { READ_ONLY } from './vocabulary/texts.ts';

/** A category under way. */
export interface Opinion {
  category: Category;
  also: Category | undefined;
  readonly why: string[];
  confidence: Risk['confidence'];
}

export function formOpinion(reading: Reading): Opinion {
  const opinion = settle(reading);
  raiseByDescription(opinion, reading);
  raiseByOperations(opinion, reading);
  addMoney(opinion, reading);
  addFreeForm(opinion, reading);
  addIrreversible(opinion, reading);
  addHints(opinion, reading);
  addSecondFace(opinion, reading);
  return opinion;
}

/** Where the name speaks clearly it settles the category; else the description's leading verb, the operations, the name's weak word, the hints. */
function settle(reading: Reading): Opinion {
  const { named } = reading;
  const clear = named?.strength === 'strong';
  const claim = clear ? named : unclear(reading);
  if (claim === undefined || (reading.disguised && claim.category === 'Read')) {
    const why = 'Nothing shows what it does, so it is not assumed safe.';
    return { category: 'Write', also: undefined, why: [why], confidence: 'low' };
  }
  const described = reading.description.lead;
  const agreed = described !== undefined && described.category === named?.category;
  return {
    category: claim.category,
    also: undefined,
    why: clear && agreed ? [claim.why, described.why] : [claim.why],
    confidence: confidenceIn(claim, { clear, agreed }),
  };
}

/** High: name and description agree, and the name is clear. Medium: one of them is clear, or two doubtful ones agree. */
function confidenceIn(claim: Claim, { clear, agreed }: { clear: boolean; agreed: boolean }): Risk['confidence'] {
  if (clear && agreed) return 'high';
  return agreed || claim.strength === 'strong' ? 'medium' : 'low';
}

/** The best claim where the name is not clear. A description may say that a doubtful name only reads; of two changes the worse counts. */
function unclear(reading: Reading): Claim | undefined {
  const { named, description } = reading;
  if (description.lead?.category === 'Execute' && readsOnly(reading)) {
    return { category: 'Read', strength: 'weak', why: 'The server says that it runs read-only what it is given.' };
  }
  const described = worst([description.lead, description.later].filter((claim) => claim !== undefined));
  if (named && described && described.category !== 'Read') return worst([described, named]);
  return described ?? claimOfOperations(reading.parameters.list) ?? named ?? claimOfHints(reading.hints);
}

function readsOnly({ hints, description }: Reading): boolean {
  return hints.readOnlyHint !== false && READ_ONLY.test(description.text);
}

function raiseTo(opinion: Opinion, claim: Claim | undefined): void {
  if (claim === undefined || compareSeverity(claim.category, opinion.category) <= 0) return;
  opinion.category = claim.category;
  opinion.why.push(claim.why);
  opinion.confidence = 'medium';
}

/** A description that begins with a worse verb than the name's is believed, but for "Runs a search" and the like, where running is only reading. */
function raiseByDescription(opinion: Opinion, { description }: Reading): void {
  const { lead, later } = description;
  if (later !== undefined && opinion.category === 'Read' && opinion.confidence === 'high')
    opinion.confidence = 'medium';
  if (lead?.plain !== true || (lead.category === 'Execute' && opinion.category === 'Read')) return;
  raiseTo(opinion, lead);
}

/** Operations raise a name that says nothing, and one that reads only where an operation surely changes something: lists are filtered by `action` too. */
function raiseByOperations(opinion: Opinion, reading: Reading): void {
  const claim = claimOfOperations(reading.parameters.list);
  if (claim?.strength === 'weak' && reading.named?.strength === 'strong') return;
  raiseTo(opinion, claim);
}

function addMoney(opinion: Opinion, reading: Reading): void {
  const { words, description, parameters, named } = reading;
  const money = claimOfMoney({ nameWords: words, description, parameters });
  if (money === undefined || opinion.category === 'Financial') return;
  const readByName = opinion.category === 'Read' && named?.category === 'Read';
  if (opinion.category === 'Read' && (readByName || !money.named)) return;
  if (opinion.category === 'Destructive') {
    opinion.also = 'Financial';
    opinion.why.push(money.why);
  } else raiseTo(opinion, money);
}

/** Free-form code makes a tool Execute, unless it reads by name or the server says that it refuses writes; a program may also be kept or looked at. */
function addFreeForm(opinion: Opinion, reading: Reading): void {
  if (!runsCode(opinion.category, reading)) return;
  const why = `It takes ${reading.code?.text ?? ''}.`;
  if (opinion.category === 'Write' && reading.code?.program === true && reading.named?.category === 'Write') {
    opinion.also = 'Execute';
    opinion.why.push(why);
    return;
  }
  if (opinion.category === 'Read' && (readsOnly(reading) || reading.hints.readOnlyHint === true)) return;
  raiseTo(opinion, { category: 'Execute', strength: 'strong', why });
}

/** Whether the tool runs the code that it takes. */
export function runsCode(category: Category, { code, words }: Reading): boolean {
  return code !== undefined && !(category === 'Read' && words.some((word) => EXAMINING.has(word)));
}

function addIrreversible(opinion: Opinion, reading: Reading): void {
  const words = opinion.category === 'Read' ? undefined : irreversibleWords(reading.description.text);
  if (words === undefined) return;
  const why = `The description says "${words}".`;
  if (opinion.category === 'Destructive') opinion.why.push(why);
  else raiseTo(opinion, { category: 'Destructive', strength: 'strong', why });
}

/** A server that calls its own tool destructive is believed as to a second face; one that calls it harmless is not. */
function addHints(opinion: Opinion, { hints, named }: Reading): void {
  if (hints.readOnlyHint === true && opinion.category === 'Read' && opinion.confidence === 'medium')
    opinion.confidence = 'high';
  if (hints.readOnlyHint === false && opinion.category === 'Read') {
    if (named?.strength === 'strong') opinion.confidence = 'medium';
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

/** Sending something is running it and writing it, and so is a write that others see; ending a process is also running it. */
function addSecondFace(opinion: Opinion, reading: Reading): void {
  if (opinion.also !== undefined) return;
  const visible = reading.signals.some((signal) => signal.code === 'visible-to-others');
  if (visible && opinion.category === 'Execute') opinion.also = 'Write';
  else if (visible && opinion.category === 'Write') opinion.also = 'Execute';
  else if (opinion.category === 'Destructive' && reading.words.some((word) => PROCESS_NOUNS.has(word)))
    opinion.also = 'Execute';
}
