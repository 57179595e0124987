/**
 * Keeps of the arguments of a call what the policy looks at, where a person wants that: never what a redaction rule matches, nor what is called or
 * looks like a credential. Must not have a say in any decision, nor make a call wait.
 */
import { isSecretName, knownSecret } from '../../analysis/secrets.ts';
import type { ServerSettings } from '../../mcp/definition.ts';
import { toValue, type CompiledPolicy, type JsonNode, type JsonObject, type ParsedPath } from '../../policy/index.ts';
import { argumentPathsFor, excerptOf } from '../../replay/index.ts';
import type { Decided } from '../../protocol/audit.ts';
import type { State } from '../../state/ports.ts';
import { Redaction, TooLarge } from '../message/redaction.ts';

/** Called with each decision about a call that a policy has judged. */
export type KeepValues = (decided: Decided, args: JsonObject, policy: CompiledPolicy) => void;

/** `isWanted`: asked at every call. */
export function valueKeeper(
  values: Pick<State['values'], 'keep'>,
  redact: NonNullable<ServerSettings['redact']>,
  isWanted: () => boolean,
): KeepValues {
  const redaction = new Redaction(redact);
  const isSecret = (value: JsonNode, path: ParsedPath): boolean =>
    path.steps.some((step) => step.kind === 'key' && isSecretName(step.name)) ||
    holdsSecret(value) ||
    matches(redaction, value);
  return ({ id, tool }, args, policy) => {
    if (!isWanted()) return;
    const named = argumentPathsFor(policy, tool);
    if (named.size > 0) values.keep(id, excerptOf(args, named, isSecret));
  };
}

function matches(redaction: Redaction, value: JsonNode): boolean {
  try {
    return redaction.apply(toValue(value), true).count > 0;
  } catch (error) {
    // What takes too long to look through might be one.
    if (error instanceof TooLarge) return true;
    throw error;
  }
}

function holdsSecret(node: JsonNode): boolean {
  switch (node.kind) {
    case 'string':
      return knownSecret(node.value) !== undefined;
    case 'array':
      return node.items.some(holdsSecret);
    case 'object':
      return [...node.members].some(
        ([name, { value }]) => isSecretName(name) || knownSecret(name) !== undefined || holdsSecret(value),
      );
    default:
      return false;
  }
}
