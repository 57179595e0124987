/** `portcullis eval`: one decision per call, from a file of calls. The same engine as the gateway's, with counters in memory. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { compilePolicy, decide, MemoryCounters, type CompiledPolicy } from '../../policy/index.ts';
import { CallReader, type TimedCall } from '../../testing/call.ts';
import { text, UsageError, type Command, type ExitCode, type Io } from '../command.ts';
import { readSource } from '../files.ts';
import { toFindings } from '../output/findings.ts';
import { printFindings } from '../output/text.ts';
import { loadCatalog, toolOptions, toolOptionsHelp } from '../toolSource.ts';

export const evalCommand: Command = {
  name: 'eval',
  summary: 'Decide calls from a file under a policy, without any server.',
  usage: 'POLICY --calls FILE|- [tool source]',
  help: `  --calls FILE|-   one JSON object per line: { "tool", "arguments", "grant"?, "session"?, "client"?, "category"?, "risk"?, "at"? }
                   "grant" defaults to "local", "session" to "default", "at" (ISO 8601 with zone) to the previous line's, else now;
                   "category" and "risk" to what the classifier says of the tool
${toolOptionsHelp}
Each line of output: { "decision": "allow" | "deny" | "needs_approval", "rule", "message" }.
`,
  example: `echo '{"tool":"write_file","arguments":{"path":"notes.exe"}}' | portcullis eval policy.json --calls -`,
  options: { calls: { type: 'string' }, ...toolOptions },

  async run(invocation, io) {
    const [file, ...more] = invocation.positionals;
    if (file === undefined || more.length > 0)
      throw new UsageError('Name one policy file: portcullis eval POLICY --calls FILE');
    const calls = text(invocation, 'calls');
    if (calls === undefined)
      throw new UsageError('Say where the calls are: --calls FILE, or --calls - for standard input.');
    const policy = await readPolicy(file, io);
    if (policy === undefined) return 2;
    const catalog = await loadCatalog(invocation, io);
    return decideLines(
      openCalls(calls, io),
      new CallReader(catalog),
      deciderFor(policy, path.resolve(io.cwd, file)),
      io,
    );
  },
};

async function readPolicy(file: string, io: Io): Promise<CompiledPolicy | undefined> {
  const source = await readSource(file, io.cwd);
  const compiled = compilePolicy(source.bytes);
  if (compiled.ok) return compiled.policy;
  io.err(printFindings([{ file, text: source.text, findings: toFindings(compiled.problems) }]));
  return undefined;
}

function openCalls(name: string, io: Io): NodeJS.ReadableStream {
  return name === '-' ? io.stdin : createReadStream(path.resolve(io.cwd, name));
}

type Decider = (call: TimedCall) => { readonly decision: string; readonly rule: string; readonly message: string };

function deciderFor(policy: CompiledPolicy, policyFile: string): Decider {
  const counters = new MemoryCounters();
  const owner = { server: policy.server ?? '', policyFile };
  return ({ call, at }) => {
    const { decision, rule, message } = decide(policy, call, owner, counters, at);
    return { decision, rule, message };
  };
}

async function decideLines(
  input: NodeJS.ReadableStream,
  reader: CallReader,
  decider: Decider,
  io: Io,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  let line = 0;
  try {
    for await (const source of createInterface({ input, crlfDelay: Infinity })) {
      line += 1;
      if (source.trim() === '') continue;
      const call = reader.readLine(source);
      if (typeof call === 'string') code = 2;
      io.out(`${JSON.stringify(typeof call === 'string' ? { error: call, line } : decider(call))}\n`);
    }
  } catch (error) {
    throw new UsageError(`The calls cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return code;
}
