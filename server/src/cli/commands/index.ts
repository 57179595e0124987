/** All subcommands, in the order of `portcullis --help`. */
import type { Command } from '../command.ts';
import { approvalsCommand } from './approvals.ts';
import { auditCommand } from './audit.ts';
import { checkCommand } from './check.ts';
import { connectCommand } from './connect.ts';
import { demoServerCommand } from './demoServer.ts';
import { evalCommand } from './eval.ts';
import { gatewayCommand } from './gateway.ts';
import { grantsCommand } from './grants.ts';
import { initCommand } from './init.ts';
import { limitsCommand } from './limits.ts';
import { lockCommand } from './lock.ts';
import { loginCommand, logoutCommand } from './login.ts';
import { lspCommand } from './lsp.ts';
import { reloadCommand } from './reload.ts';
import { replayCommand } from './replay.ts';
import { sharedStateCommand } from './sharedState.ts';
import { testCommand } from './test.ts';
import { toolsCommand } from './tools.ts';

export const commands: readonly Command[] = [
  checkCommand,
  evalCommand,
  testCommand,
  toolsCommand,
  initCommand,
  gatewayCommand,
  connectCommand,
  loginCommand,
  logoutCommand,
  grantsCommand,
  approvalsCommand,
  reloadCommand,
  lockCommand,
  limitsCommand,
  sharedStateCommand,
  auditCommand,
  replayCommand,
  lspCommand,
  demoServerCommand,
];
