/** All subcommands, in the order of `portcullis --help`. */
import type { Command } from '../command.ts';
import { auditCommand } from './audit.ts';
import { evalCommand } from './eval.ts';
import { gatewayCommand } from './gateway.ts';
import { toolsCommand } from './tools.ts';

export const commands: readonly Command[] = [evalCommand, toolsCommand, gatewayCommand, auditCommand];
