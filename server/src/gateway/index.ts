/** The gateway's public face. */
export { StartError } from './core.ts';
export { startGateway, type Gateway, type HttpGatewayOptions } from './gateway.ts';
export { startStdioGateway, type StdioGateway, type StdioGatewayOptions } from './stdioGateway.ts';
export { changeGrants } from './grants/change.ts';
export { HeldSecrets } from './control/heldSecrets.ts';
export { readHello } from './control/hello.ts';
export type { ServerInput } from './session/govern.ts';
export { PlanError, planGateway, type Plan, type PlanRequest } from './setup/plan.ts';
export { loosenedBetween } from './reload/policyRatchet.ts';
export { compileSource, readSource } from './rules/policySource.ts';
export { lockSubject, pinAccepted } from './reload/pinning.ts';
export { namesTwice } from './reload/toolReview.ts';
