/** Taking one server out of a configuration that a person has changed: every other byte stays. */

/** The text without the server; undefined when nothing else is in it, or it cannot be read. Comments are kept. */
export async function withoutServer(text: string, server: string): Promise<string | undefined> {
  // Loaded here: it is needed by nothing else in this process.
  const { applyEdits, modify, parse } = await import('jsonc-parser');
  const rest = applyEdits(text, modify(text, ['servers', server], undefined, {}));
  const { servers, ...others } = (parse(rest) ?? {}) as { readonly servers?: object };
  const isEmpty = Object.keys(others).length === 0 && Object.keys(servers ?? {}).length === 0;
  return isEmpty ? undefined : rest;
}
