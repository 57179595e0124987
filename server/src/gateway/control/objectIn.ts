/** What a request over the control channel says. */
import { readJson, toValue } from '../../policy/index.ts';

/** `undefined`: the body is no JSON object. */
export function objectIn(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  const reading = readJson(body);
  if (!reading.ok || reading.root.kind !== 'object') return undefined;
  return toValue(reading.root) as Readonly<Record<string, unknown>>;
}
