/** Which definition of an `${input:id}` a server goes by. */
import type { InputDefinition, ServerDefinition } from './definition.ts';

/** The workspace's counts first for its own servers, and never for those of the user: whoever edits a workspace has no say in these. */
export function inputFor(
  id: string,
  { userLevel = false }: Pick<ServerDefinition['origin'], 'userLevel'>,
  inputs: readonly InputDefinition[],
): InputDefinition | undefined {
  const named = inputs.filter((input) => input.id === id);
  const ofUser = named.find((input) => input.userLevel);
  return userLevel ? ofUser : (named.find((input) => !input.userLevel) ?? ofUser);
}
