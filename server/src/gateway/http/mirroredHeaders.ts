/**
 * Checks the headers in which a request of the modern era repeats its body. Whoever stands in front may have acted on them, so one that says
 * anything else refuses the request; what the request does is decided by the body alone.
 */
import { decodeHeader, nameParameter, primitiveText, type MirroredParameter } from '../../mcp/http/mirrored.ts';
import { claimOf } from '../message/envelope.ts';
import type { IncomingRequest } from '../message/frame.ts';
import type { JsonNode } from '../../policy/json/node.ts';
import { toValue } from '../../policy/index.ts';
import type { Headers } from './headers.ts';

/** What is wrong, for people, without any value of the request; `undefined`: nothing. */
export function standardMismatch(request: IncomingRequest, headers: Headers): string | undefined {
  const claim = claimOf(request.params);
  if (claim?.kind === 'string' && headers.get('mcp-protocol-version') !== claim.value)
    return 'The header "MCP-Protocol-Version" is missing, or is not the revision that "_meta" names.';
  if (decodeHeader(headers.get('mcp-method') ?? '') !== request.method)
    return 'The header "Mcp-Method" is missing, or is not the method of the request.';
  const parameter = nameParameter(request.method);
  const name = parameter === undefined ? undefined : request.params?.members.get(parameter)?.value;
  if (name?.kind !== 'string') return undefined;
  const header = headers.get('mcp-name');
  if (header !== undefined && decodeHeader(header) === name.value) return undefined;
  return `The header "Mcp-Name" is missing, or is not the "${parameter}" of the request.`;
}

/** The same for arguments; `parameters` is what the server's list of tools defines. */
export function parameterMismatch(
  { params }: IncomingRequest,
  headers: Headers,
  parameters: readonly MirroredParameter[],
): string | undefined {
  const args = params?.members.get('arguments')?.value;
  for (const { header, path } of parameters)
    if (!agrees(headers.get(header), valueAt(args, path)))
      return `The header "${header}" is missing, or is not the argument that it stands for.`;
  return undefined;
}

function valueAt(root: JsonNode | undefined, path: readonly string[]): JsonNode | undefined {
  let node = root;
  for (const key of path) node = node?.kind === 'object' ? node.members.get(key)?.value : undefined;
  return node;
}

/** What no header can stand for (an object, a list, null) must have none. */
function agrees(header: string | undefined, node: JsonNode | undefined): boolean {
  const text = node && primitiveText(toValue(node, 'source'));
  if (text === undefined) return header === undefined;
  const said = header === undefined ? undefined : decodeHeader(header);
  if (said === undefined) return false;
  return said === text || (node?.kind === 'number' && isSameNumber(said, text));
}

/** `42.0` is `42`; digits that a double cannot hold must be the same. */
function isSameNumber(a: string, b: string): boolean {
  const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
  return isNumber(a) && isNumber(b) && Number.isSafeInteger(Number(a)) && Number(a) === Number(b);
}
