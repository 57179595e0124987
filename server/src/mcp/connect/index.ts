/** Connecting MCP clients to the gateway: what other rooms use of it. */
export { surroundingsOnDisk } from './disk.ts';
export { leadsAround } from './governed.ts';
export { clientPlaces, hostOf, type Surroundings } from './places.ts';
export { planConnection } from './plan.ts';
export { applyChanges } from './write.ts';
