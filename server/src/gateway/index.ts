/** The gateway's public face. */
export { StartError } from './core.ts';
export {
  startGateway,
  startStdioGateway,
  type Gateway,
  type HttpGatewayOptions,
  type StdioGateway,
  type StdioGatewayOptions,
} from './gateway.ts';
export { HeldSecrets } from './control/heldSecrets.ts';
export { readHello } from './control/hello.ts';
export type { ServerInput } from './session/govern.ts';
export { PlanError, planGateway, type Plan, type PlanRequest } from './setup/plan.ts';
