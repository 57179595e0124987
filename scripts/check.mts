/** `npm run check`: types, lint, formatting, the rules between rooms, and nothing unused. */
import { runChecks } from './testing/checks.mts';
import { describe } from './testing/count.mts';

const count = await runChecks();
console.log(describe(count));
process.exitCode = count.failed === 0 ? 0 : 1;
