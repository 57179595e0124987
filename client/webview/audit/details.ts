/** What stands beside the table about one call: its record in words, and what can be done about it. */
import type { AuditRow, CallAction, CallDetails, PageStrings } from '../../src/webview/audit/messages.ts';
import { button, element } from '../dom.ts';

interface DetailsParts {
  readonly strings: PageStrings['details'];
  readonly act: (action: CallAction, id: string) => void;
  /** Has the table show only such calls. */
  readonly filter: (text: string) => void;
}

const actions: readonly CallAction[] = ['rule', 'allow', 'limit', 'testCase'];

/** `row`: of the same call. */
export function detailsElements(
  details: CallDetails,
  row: AuditRow,
  { strings, act, filter }: DetailsParts,
): readonly HTMLElement[] {
  const buttons = actions.map((action) => button(strings.actions[action], () => act(action, details.id)));
  buttons[0]?.classList.add('primary');
  const narrowing = [
    button(strings.onlyTool, () => filter(`tool:${firstWord(row.tool)}`)),
    ...(row.client === '' ? [] : [button(strings.onlyClient, () => filter(`client:${firstWord(row.client)}`))]),
  ];
  const list = element(
    'dl',
    {},
    ...details.fields.flatMap(({ label, value, isCode }) => [
      element('dt', {}, label),
      element('dd', { className: isCode ? 'code' : '' }, value),
    ]),
  );
  return [
    element('div', { className: 'actions' }, ...buttons),
    list,
    element('div', { className: 'actions' }, ...narrowing),
  ];
}

/** The filter takes what stands between spaces for a word. */
const firstWord = (name: string): string => name.split(/\s/)[0] ?? name;
