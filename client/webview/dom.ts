/** Building elements. Texts go in as text, never as markup: they come from servers and agents that nobody vouches for. */

type Child = Node | string;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(label: string, onClick: () => void, className = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', className }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** `paths`: the `d` attributes of strokes on a 16 × 16 grid. Decoration: the word beside it says the same. */
export function icon(className: string, paths: readonly string[]): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon ${className}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const path of paths) {
    const stroke = document.createElementNS(space, 'path');
    stroke.setAttribute('d', path);
    svg.append(stroke);
  }
  return svg;
}

/** Read aloud, not seen: what the page is called, for whoever moves by headings. */
export const pageHeading = (): HTMLHeadingElement => element('h1', { className: 'announcer' }, document.title);

/** Replaces `{0}`, `{1}`… as `vscode.l10n.t` does. */
export const fill = (text: string, ...values: readonly (string | number)[]): string =>
  text.replace(/\{(\d)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
