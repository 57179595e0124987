/** Which published attack classes abuse the access that a tool gives. docs/attacks.md says of each what a gateway stops and what it cannot. */
import type { Category } from '../policy/vocabulary.ts';
import type { Risk, SignalCode } from './verdict.ts';

export type AttackClass =
  'tool poisoning' | 'tool-result injection' | 'exfiltration' | 'confused deputy' | 'runaway loop';

/** The classes that turn a kind of access to their ends, whatever the tool is about. */
const BY_CATEGORY: Readonly<Record<Category, readonly AttackClass[]>> = {
  Read: ['tool-result injection'],
  Write: ['tool-result injection'],
  Execute: ['tool-result injection', 'runaway loop'],
  Destructive: ['tool-result injection', 'confused deputy'],
  Financial: ['tool-result injection', 'confused deputy', 'runaway loop'],
};

const BY_SIGNAL: Readonly<Partial<Record<SignalCode, AttackClass>>> = {
  'hidden-text': 'tool poisoning',
  'visible-to-others': 'exfiltration',
  url: 'exfiltration',
  'open-world': 'exfiltration',
  'file-path': 'exfiltration',
  credentials: 'exfiltration',
  admin: 'confused deputy',
  bulk: 'runaway loop',
};

/** Each class once; what the tool itself shows comes first. */
export function attacksOn({ category, also, signals }: Risk): readonly AttackClass[] {
  const shown = signals.flatMap(({ code }) => BY_SIGNAL[code] ?? []);
  return [...new Set([...shown, ...BY_CATEGORY[category], ...(also === undefined ? [] : BY_CATEGORY[also])])];
}
