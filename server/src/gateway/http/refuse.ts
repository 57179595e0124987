/** Answers that say no, as JSON-RPC errors: MCP clients show their message. */
import type { ServerResponse } from 'node:http';
import { errorAnswer, errorCodes, writeMessage } from '../message/answer.ts';
import type { Refused } from '../message/frame.ts';
import type { Refusal } from './headers.ts';

export function refuse(
  response: ServerResponse,
  { status, message, code = errorCodes.upstream, headers = {} }: Refusal,
): void {
  write(response, status, writeMessage(errorAnswer(undefined, code, message)), headers);
}

export function refuseMessage(response: ServerResponse, status: number, { id, code, message, data }: Refused): void {
  write(response, status, writeMessage(errorAnswer(id, code, message, data)), {});
}

function write(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
