/** Settings that this version reads but cannot honour yet: never in silence. */
import type { GatewayConfig } from '../../mcp/definition.ts';

/** For people; each names the setting. */
export function ignoredSettings({ audit }: GatewayConfig): readonly string[] {
  return audit?.values === true ? ['portcullis.json: "audit.values" is not supported yet and has no effect.'] : [];
}
