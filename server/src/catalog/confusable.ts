/** Names that look alike: one form for all of them. For comparing only; nothing is ever called by its skeleton (policy language §1: nothing is folded). */
import { remembering } from './remembering.ts';

/** Letters of other scripts that pass for Latin ones in common fonts, each pair `from` `to`. */
const LOOK_ALIKES =
  'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl ԛq ԝw кk мm тt вb нh гr пn ԍg ɡg ıi АA ВB ЕE КK МM НH ОO РP СC ТT ХX ІI ЈJ ЅS УY ' +
  'αa οo νv ρp ιi κk υu τt εe γy ωw ηn χx ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ոn սu օo հh ցg զq ‐- ‑- ‒- –- —- −-';

const LETTERS = new Map(LOOK_ALIKES.split(' ').map((pair) => [[...pair][0], [...pair][1] ?? '']));
const INVISIBLE = /[\p{C}\p{M}\u115F\u1160\u2800\u3164]/gu;
const BEYOND_ASCII = /[^\u0020-\u007E]/;
const RUNS_BEYOND_ASCII = /[^\u0020-\u007E]+/g;

/** The text as it looks: compatibility forms unfolded, marks and invisible characters dropped, look-alike letters made Latin. Case is kept. */
export function skeleton(text: string): string {
  return BEYOND_ASCII.test(text) ? text.replace(RUNS_BEYOND_ASCII, unfold) : text;
}

/** Most texts that are not plain ASCII hold the same few signs, such as an apostrophe. */
const unfold = remembering(
  (run) => {
    const plain = run.normalize('NFKD').replace(INVISIBLE, '');
    return Array.from(plain, (letter) => LETTERS.get(letter) ?? letter).join('');
  },
  { longest: 8 },
);
