/**
 * The command that the suite runs as the client under test: `node underTest.mts direct|http|stdio SERVER_URL`. Scenario,
 * revision and context come in the suite's environment variables.
 */
import type { Route } from './connect.mts';
import { scenarioNamed } from './scenarios.mts';
import { FINISHED } from '../suite.mts';

const { MCP_CONFORMANCE_SCENARIO: name = '', MCP_CONFORMANCE_PROTOCOL_VERSION: revision = '2025-11-25' } = process.env;
const [route, serverUrl] = process.argv.slice(2) as [Route, string];
const context = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}') as Record<string, unknown>;

try {
  await scenarioNamed(name)({ route, serverUrl, revision, context });
  // The suite forgets how its client ended; ../suite.mts makes a check of this line.
  console.log(FINISHED);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
