/** The gateway's public face. */
export { StartError } from './core.ts';
export { startGateway, type Gateway, type HttpGatewayOptions } from './gateway.ts';
export { startStdioGateway, type StdioGateway, type StdioGatewayOptions } from './stdioGateway.ts';
export { changeGrants } from './grants/change.ts';
export { HeldSecrets } from './control/heldSecrets.ts';
export { readHello } from './control/hello.ts';
export type { ServerInput } from './session/govern.ts';
export { planGateway, type Plan } from './setup/plan.ts';
export { PlanError } from './setup/request.ts';
export { demandAccepted } from './setup/demandAccepted.ts';
export { openConfigurationRatchet } from './setup/discoverAccepted.ts';
export { loosenedBetween } from './reload/policyRatchet.ts';
export { compileSource, readSource } from './rules/policySource.ts';
export { accept } from './reload/acceptance.ts';
export type { ConfigurationRatchet } from './reload/configurationRatchet.ts';
export { lockIn, readLockFile } from './reload/lockFile.ts';
export { lockSubject, pinAccepted } from './reload/pinning.ts';
