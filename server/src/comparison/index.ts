/** Compares two contents of what a gateway reads: whether the later one lets through anything that the earlier one did not. Pure. */
export type { Loosening } from './loosening.ts';
export { loosenedLock } from './locks.ts';
export { loosenedPolicy } from './policies.ts';
