/** The real VS Code for tests: what a UI test needs, in one import. */
export { openWorkbench, type SessionOptions, type WorkbenchSession } from './session.mts';
