/** Compares two contents of what a gateway reads: whether the later one lets through anything that the earlier one did not. Pure. */
export {
  GATEWAY_ROWS,
  loosenedEntry,
  loosenedGateway,
  SERVER_ROWS,
  type Configuration,
  type ConfiguredEntry,
} from './configuration.ts';
export type { ComparedDefinition } from './definitions.ts';
export { inWords, type Loosening } from './loosening.ts';
export { loosenedLock } from './locks.ts';
export { loosenedPolicy } from './policies.ts';
