/** What the user wants to see beside the text: read from `workspace/didChangeConfiguration`, section `portcullis`. The lenses say what is decided, so the hints do not unless asked to. */
import type { FindingsConfig } from '../mcp/definition.ts';

export interface Settings {
  readonly lens: {
    /** Server, tools and how current the list is, above the policy. */
    readonly summary: boolean;
    /** What is decided for a tool, and how often it was denied, above its entry. */
    readonly decisions: boolean;
    readonly evaluate: boolean;
  };
  /** Severity by a rule's code. What portcullis.json says of a rule goes before. */
  readonly rules: FindingsConfig['rules'];
  readonly inlayHints: { readonly risk: boolean; readonly decisions: boolean };
}

export const DEFAULT_SETTINGS: Settings = {
  lens: { summary: true, decisions: true, evaluate: true },
  rules: {},
  inlayHints: { risk: true, decisions: false },
};

/** @param sent - What an editor sent as its settings: anything that is not as promised counts as not said. */
export function readSettings(sent: unknown): Settings {
  const ours = member(sent, 'portcullis');
  return {
    lens: switches(DEFAULT_SETTINGS.lens, member(ours, 'lens')),
    rules: severities(member(ours, 'rules')),
    inlayHints: switches(DEFAULT_SETTINGS.inlayHints, member(ours, 'inlayHints')),
  };
}

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

function severities(sent: unknown): Settings['rules'] {
  if (typeof sent !== 'object' || sent === null) return {};
  return Object.fromEntries(Object.entries(sent).filter(([, severity]) => SEVERITIES.has(severity)));
}

function switches<T extends Readonly<Record<keyof T, boolean>>>(defaults: T, sent: unknown): T {
  const read = (name: string, usual: unknown): unknown => {
    const value = member(sent, name);
    return typeof value === 'boolean' ? value : usual;
  };
  return Object.fromEntries(Object.entries(defaults).map(([name, usual]) => [name, read(name, usual)])) as T;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
