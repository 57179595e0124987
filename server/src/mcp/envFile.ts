/** Reads `NAME=value` files as the products do that support `envFile`. */

const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*?)\s*$/;

/** Comments, empty lines and lines that assign nothing are passed over; quotation marks around a value are no part of it. */
export function readEnvFile(text: string): Readonly<Record<string, string>> {
  const entries = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name, value] = LINE.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, unquoted(value)]];
  });
  return Object.fromEntries(entries);
}

function unquoted(value: string): string {
  const [, mark, inner] = /^(["'`])(.*)\1(?:\s+#.*)?$/.exec(value) ?? [];
  if (inner === undefined) return value.replace(/(?:^|\s+)#.*$/, '');
  return mark === '"' ? inner.replaceAll('\\n', '\n') : inner;
}
