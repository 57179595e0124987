/**
 * Whether two gateways would serve one server in the same way: only then may one of them leave it to the other. Compared as keyed digests, since
 * a definition with its variables replaced holds secrets.
 */
import type { ServerInput, ServerSource } from '../session/govern.ts';

/** A digest by aspect. */
export type Likeness = Readonly<Record<Aspect, string>>;

export type Aspect = keyof typeof aspects;

/** What is told about a gateway that differs; continues "it …". In the order in which they are compared. */
const aspects = {
  version: 'is of another version',
  folder: 'serves another folder',
  policy: 'goes by another policy file',
  launch: 'starts the server from another definition, or with other values of its variables',
  settings: 'has other settings in portcullis.json',
} as const;

/** `prove`: makes a digest that only gateways of this state folder can make. Rejects with `LaunchError`. */
export async function likenessOf(
  { policyFile = '', settings }: ServerInput,
  source: ServerSource,
  version: string,
  prove: (text: string) => string,
): Promise<Likeness> {
  const values: Record<Aspect, unknown> = {
    version,
    folder: source.folder,
    policy: policyFile,
    launch: [await source.launch(), source.home],
    settings: [settings, source.config],
  };
  const digests = Object.entries(values).map(([aspect, value]) => [
    aspect,
    prove(`likeness ${aspect} ${JSON.stringify(value)}`),
  ]);
  return Object.fromEntries(digests) as Likeness;
}

/** In what `other`, which came over a socket, differs; `undefined`: in nothing. */
export function differenceOf(own: Likeness, other: Readonly<Record<string, unknown>>): string | undefined {
  for (const [aspect, words] of Object.entries(aspects)) if (own[aspect as Aspect] !== other[aspect]) return words;
  return undefined;
}
