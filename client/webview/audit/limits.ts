/** What stands beside the table about limits: how much of each is used now. */
import type { FromPage, LimitLine, PageStrings, ToPage } from '../../src/webview/audit/messages.ts';
import { button, element } from '../dom.ts';

type Limits = Extract<ToPage, { type: 'limits' }>;

export function limitsElements(
  { limits, problem }: Limits,
  strings: PageStrings['limits'],
  send: (message: FromPage) => void,
): readonly HTMLElement[] {
  if (problem !== undefined) return [element('p', {}, problem)];
  if (limits.length === 0) return [element('p', {}, strings.none)];
  return [element('ul', { className: 'limits' }, ...limits.map((limit) => line(limit, send)))];
}

function line(limit: LimitLine, send: (message: FromPage) => void): HTMLLIElement {
  const { policy, rule } = limit;
  const name = `${limit.server} › ${limit.counter}`;
  const link = button(name, () => send({ type: 'limit', policy, rule }), 'link');
  Object.assign(link, { disabled: rule === '', title: rule });
  const text = element('span', {}, `${limit.used} · ${limit.whose} · ${limit.frees}`);
  return element('li', {}, link, ...meter(limit), text);
}

function meter({ share, used }: LimitLine): readonly HTMLElement[] {
  if (share === undefined) return [];
  const full = element('div', { className: share >= 1 ? 'full' : '' });
  full.style.width = `${String(Math.min(1, share) * 100)}%`;
  const whole = element('div', { className: 'meter' }, full);
  whole.setAttribute('role', 'meter');
  whole.setAttribute('aria-label', used);
  whole.setAttribute('aria-valuenow', String(Math.round(share * 100)));
  whole.setAttribute('aria-valuemin', '0');
  whole.setAttribute('aria-valuemax', '100');
  return [whole];
}
