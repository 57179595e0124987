/** A rule of the log as it stands beside its tool, which need not be said twice. */
export function shortRule(rule: string, tool: string): string {
  const own = `/tools/${tool}/`;
  return rule.startsWith(own) ? rule.slice(own.length) : rule;
}
