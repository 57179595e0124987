/** What the text editor says of a place, in the form. */
import type { FormFinding } from '../../../../server/src/protocol/policyForms.ts';
import { element } from '../../dom.ts';

/** Nothing where there is nothing to say. */
export function findingList(findings: readonly FormFinding[]): readonly HTMLElement[] {
  if (findings.length === 0) return [];
  const items = findings.map(({ severity, message }) => element('li', { className: severity }, message));
  return [element('ul', { className: 'findings' }, ...items)];
}
