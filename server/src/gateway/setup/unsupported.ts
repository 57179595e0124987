/** Settings that this version reads but cannot honour yet: never in silence. */
import type { GatewayConfig, ServerDefinition } from '../../mcp/definition.ts';

/** For people; each names the server or the setting, and what holds instead. */
export function ignoredSettings(config: GatewayConfig, servers: readonly ServerDefinition[]): readonly string[] {
  const { audit } = config;
  const named: Readonly<Record<string, boolean>> = {
    '"audit.values"': audit?.values === true,
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
