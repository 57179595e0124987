/** Tools of the multi-round-trip scenarios of revision 2026-07-28: one question, several, several rounds, guarded state. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  type CallToolResult,
  type ClientCapabilities,
  type InputRequests,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { randomBytes } from 'node:crypto';
import { acceptedText, ask, askForm, askModel, askText, modelText, rootNames } from './ask.mts';
import { textResult } from './result.mts';

/** Signs what the client carries from round to round; one key for the life of the process. */
export const roundState = createRequestStateCodec<string>({ key: randomBytes(32) });

type Outcome = CallToolResult | InputRequiredResult | Promise<CallToolResult | InputRequiredResult>;

const tools: Readonly<Record<string, (context: ServerContext) => Outcome>> = {
  elicitation({ mcpReq }) {
    const name = acceptedText(mcpReq.inputResponses, 'user_name', 'name');
    if (name === undefined) return ask({ user_name: askText('What is your name?', 'name') });
    return textResult(`Hello, ${name}!`);
  },
  sampling({ mcpReq }) {
    const text = modelText(mcpReq.inputResponses, 'capital_question');
    if (text === undefined) return ask({ capital_question: askModel('What is the capital of France?') });
    return textResult(text);
  },
  list_roots({ mcpReq }) {
    const names = rootNames(mcpReq.inputResponses, 'client_roots');
    return names === undefined ? ask({ client_roots: inputRequired.listRoots() }) : textResult(`Roots: ${names}`);
  },
  async request_state(context) {
    const confirmed = inputResponse(context.mcpReq.inputResponses, 'confirm').kind === 'elicit';
    if (confirmed && context.mcpReq.requestState() === 'asked') return textResult('state-ok');
    return ask({ confirm: askConfirmation() }, await roundState.mint('asked', context));
  },
  async tampered_state(context) {
    if (context.mcpReq.requestState() === 'sealed') return textResult('The state came back whole.');
    return ask({ confirm: askConfirmation() }, await roundState.mint('sealed', context));
  },
  async multiple_inputs(context) {
    const { inputResponses } = context.mcpReq;
    const name = acceptedText(inputResponses, 'user_name', 'name');
    const greeting = modelText(inputResponses, 'greeting');
    const roots = rootNames(inputResponses, 'client_roots');
    if (name !== undefined && greeting !== undefined && roots !== undefined) {
      return textResult(`${greeting} ${name} (${roots})`);
    }
    const questions: InputRequests = {
      user_name: askText('What is your name?', 'name'),
      greeting: askModel('Generate a greeting', 50),
      client_roots: inputRequired.listRoots(),
    };
    return ask(questions, await roundState.mint('asked', context));
  },
  async multi_round(context) {
    const { inputResponses } = context.mcpReq;
    const round = context.mcpReq.requestState<string>() ?? '';
    const name = acceptedText(inputResponses, 'step1', 'name');
    const color = acceptedText(inputResponses, 'step2', 'color');
    if (round.startsWith('2:') && color !== undefined) return textResult(`${round.slice(2)} likes ${color}.`);
    if (round === '1' && name !== undefined) {
      const question = askText('Step 2: What is your favorite color?', 'color');
      return ask({ step2: question }, await roundState.mint(`2:${name}`, context));
    }
    return ask({ step1: askText('Step 1: What is your name?', 'name') }, await roundState.mint('1', context));
  },
  capabilities(context) {
    const declared = capabilitiesOf(context);
    const answered = Object.keys(context.mcpReq.inputResponses ?? {}).length > 0;
    const questions: InputRequests = {
      ...(declared.elicitation && { user_name: askText('What is your name?', 'name') }),
      ...(declared.sampling && { capital_question: askModel('What is the capital of France?') }),
      ...(declared.roots && { client_roots: inputRequired.listRoots() }),
    };
    const silent = answered || Object.keys(questions).length === 0;
    return silent ? textResult('Nothing to ask.') : ask(questions);
  },
};

export function registerRoundTools(server: McpServer): void {
  for (const [name, handler] of Object.entries(tools)) {
    server.registerTool(`test_input_required_result_${name}`, { description: 'Asks before it answers' }, handler);
  }
  server.registerTool('test_streaming_elicitation', { description: 'Asks on the stream of its answer' }, () =>
    ask({ confirm: askConfirmation() }),
  );
  // The SDK refuses the call of a client that cannot answer the question.
  server.registerTool('test_missing_capability', { description: 'Cannot work without sampling' }, () =>
    ask({ capital_question: askModel('What is the capital of France?') }),
  );
}

function askConfirmation() {
  return askForm('Please confirm', { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] });
}

/** What the client can do, as this request says. */
function capabilitiesOf({ mcpReq }: ServerContext): ClientCapabilities {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  return (envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined) ?? {};
}
