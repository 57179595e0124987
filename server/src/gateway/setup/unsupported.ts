/**
 * Settings that this version reads but cannot honour: never in silence. One that would leave something open that its author believes shut
 * keeps the gateway from starting; any other is warned of.
 */
import type { GatewayConfig, ServerDefinition } from '../../mcp/definition.ts';

/** Why the gateway must not start, and what to do; empty where nothing stands in the way. */
export function refusedSettings({ lock }: GatewayConfig): readonly string[] {
  return [
    ...(lock === 'enforce' ? [cannot('"lock": "enforce"', 'tools that change would not be denied', '"lock"')] : []),
  ];
}

function cannot(setting: string, consequence: string, what: string): string {
  return `portcullis.json: ${setting} is not supported by this version: ${consequence}. Remove ${what} to start without it.`;
}

/** For people; each names the server or the setting, and what holds instead. */
export function ignoredSettings(config: GatewayConfig, servers: readonly ServerDefinition[]): readonly string[] {
  const { audit, lock } = config;
  const named: Readonly<Record<string, boolean>> = {
    '"audit.values"': audit?.values === true,
    '"lock": "warn"': lock === 'warn',
  };
  const names = Object.keys(named).filter((name) => named[name]);
  return [
    ...names.map((name) => `portcullis.json: ${name} is not supported yet and has no effect.`),
    ...servers.flatMap(ignoredOf),
  ];
}

function ignoredOf({ name, settings }: ServerDefinition): readonly string[] {
  return [...(settings.redact?.length ? [`"${name}": "redact" is not supported yet; results pass unchanged.`] : [])];
}
