/** Writes argument paths as policies write them (policy language §1, "path"). Reading them is the policy room's business. */

const NAME = /^[A-Za-z_$@][A-Za-z0-9_$@-]*$/;

/** `args.a` + `b` → `args.a.b`; a key that is no plain name is quoted: `args["a b"]`. */
export function keyPath(parent: string, key: string): string {
  return NAME.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}

export function indexPath(parent: string, index: number): string {
  return `${parent}[${index}]`;
}

export function everyElementPath(parent: string): string {
  return `${parent}[*]`;
}
