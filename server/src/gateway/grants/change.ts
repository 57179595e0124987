/** What people change about grants, from the editor as from a shell: checked, written, answered. Must not know who asks. */
import { StateError, type GrantStore } from '../../state/index.ts';
import type { GrantAnswer, GrantRequest } from '../../protocol/grant.ts';

/** Letters, digits and a few marks: a label stands in records, commands and configurations. */
const LABEL = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** `now`: milliseconds since the epoch. Rejects with `StateError` where the state cannot be read or written. */
export async function changeGrants(store: GrantStore, request: GrantRequest, now: number): Promise<GrantAnswer> {
  switch (request.do) {
    case 'list':
      return { ok: true, grants: store.list() };
    case 'add':
      return add(store, request, now);
    case 'rotate': {
      const token = await store.rotate(request.label);
      return token === undefined ? unknown(request.label) : { ok: true, grants: store.list(), token };
    }
    case 'revoke':
      return (await store.revoke(request.label, now)) ? { ok: true, grants: store.list() } : unknown(request.label);
  }
}

async function add(
  store: GrantStore,
  request: Extract<GrantRequest, { do: 'add' }>,
  now: number,
): Promise<GrantAnswer> {
  const { label, servers, policy, expiresAt } = request;
  if (!LABEL.test(label))
    return problem('A label has 1 to 64 letters, digits, ".", "_", "@" or "-", and begins with a letter or digit.');
  if (expiresAt !== undefined && expiresAt <= now) return problem('The grant would have expired already.');
  if (servers?.length === 0) return problem('Name at least one server, or none to admit the grant to all.');
  try {
    const token = await store.add(
      {
        label,
        ...(servers && { servers }),
        ...(policy !== undefined && { policy }),
        ...(expiresAt !== undefined && { expiresAt }),
      },
      now,
    );
    return { ok: true, grants: store.list(), token };
  } catch (error) {
    if (error instanceof StateError && error.code === 'state-taken') return problem(error.message);
    throw error;
  }
}

const problem = (text: string): GrantAnswer => ({ ok: false, problem: text });

function unknown(label: string): GrantAnswer {
  const advice =
    label === 'local'
      ? ' The token of "local" is made anew when the file local.token is deleted and the gateway starts.'
      : '';
  return problem(`No grant "${label}" is in use.${advice}`);
}
