/** A condition or limit in words: what it means for a call, which rule the log names, what an agent is told. */
import type { Restriction } from '../../policy/index.ts';
import { paragraph, type Block } from '../document/prose.ts';

export function describeRule({ text, rule, onDeny }: Restriction): readonly Block[] {
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return [
    paragraph(sentence, ' Rule: ', { code: rule }),
    ...(onDeny === undefined ? [] : [paragraph({ bold: 'The agent is told: ' }, onDeny)]),
  ];
}
