import { describe, expect, it } from 'vitest';
import { newHello } from '../../../client/src/gateway/launch.ts';
import { lastMessage, readLine, type LogEntry } from '../../../client/src/gateway/log.ts';
import { GatewayProcess, GatewayStartError } from '../../../client/src/gateway/process.ts';

describe('a gateway process', () => {
  it('is told its secrets on stdin, and says on stdout where it listens', async () => {
    const started = run(`
      process.stdin.once('data', (line) => {
        const { controlToken } = JSON.parse(line);
        console.log(JSON.stringify({ event: 'listening', port: controlToken.length, servers: {}, tokenFile: '' }));
      });
      process.stdin.on('end', () => process.exit(0)).resume();`);
    expect((await started.listening).port).toBe(43);
    expect(await started.stop()).toMatchObject({ code: 0 });
  });

  it('that ends before it listens says why', async () => {
    const started = run(`console.error('portcullis: No MCP server is configured.'); process.exit(2);`);
    await expect(started.listening).rejects.toThrow(GatewayStartError);
    await expect(started.listening).rejects.toThrow('No MCP server is configured.');
    expect(await started.exited).toMatchObject({ code: 2 });
  });

  it('that cannot be started at all says why', async () => {
    const command = { command: '/does/not/exist', args: [], cwd: '.', env: {} };
    const started = new GatewayProcess(command, newHello({ inputs: {}, logins: {} }), () => undefined);
    await expect(started.listening).rejects.toThrow('ENOENT');
  });

  it('passes its log on, line by line', async () => {
    const lines: string[] = [];
    const program = `
      console.error('{"level":"warn","message":"one","server":"git","tries":2}');
      console.error('{"level":"debug","message":"two"}\\nportcullis: three\\n{"level":"loud","message":"four"}');
      console.log('five');`;
    await run(program, ({ level, text }) => lines.push(`${level} ${text}`)).exited;
    expect(lines.sort()).toEqual([
      'debug two',
      'error three',
      'info five',
      'info {"level":"loud","message":"four"}',
      'warn one server="git" tries=2',
    ]);
  });
});

describe('the reason of an end', () => {
  it('is the last message with the lines that belong to it', () => {
    const lines = [
      '(node:7) Warning: something',
      'portcullis: a policy took effect',
      'portcullis: It cannot listen.',
      'Port 80 is taken.',
    ];
    expect(lastMessage(lines.map(readLine))).toBe('It cannot listen.\nPort 80 is taken.');
  });

  it('is the last error, whatever was logged after it', () => {
    const lines = ['portcullis: It failed.', 'More on that.', '{"level":"debug","message":"A server ended."}'];
    expect(lastMessage(lines.map(readLine))).toBe('It failed.\nMore on that.');
  });

  it('is everything where there is no message', () => {
    expect(lastMessage(['Segmentation fault'].map(readLine))).toBe('Segmentation fault');
  });
});

function run(program: string, onEntry: (entry: LogEntry) => void = () => undefined): GatewayProcess {
  return new GatewayProcess(
    { command: process.execPath, args: ['-e', program], cwd: '.', env: process.env },
    newHello({ inputs: {}, logins: {} }),
    onEntry,
  );
}
