/** Whether a lock file lets through tools, or starts servers, that another one did not. */
import type { Lock, LockedServer } from '../catalog/index.ts';
import type { Loosening } from './loosening.ts';

/** Empty: whatever `after` pins, `before` has pinned in the same way. */
export function loosenedLock(before: Lock, after: Lock): readonly Loosening[] {
  return [...after.servers].flatMap(([name, server]) => loosenedServer(name, before.servers.get(name), server));
}

function loosenedServer(name: string, before: LockedServer | undefined, after: LockedServer): readonly Loosening[] {
  const isMoved = before !== undefined && before.definition !== after.definition;
  const opened = [...after.tools].filter(([tool, { hash }]) => before?.tools.get(tool)?.hash !== hash);
  return [
    ...(isMoved ? [{ about: name, what: 'is started or reached in another way' }] : []),
    ...opened.map(([tool]) => ({
      about: `${name}/${tool}`,
      what: before?.tools.has(tool) ? 'another definition of this tool counts as reviewed' : 'counts as reviewed',
    })),
  ];
}
