/** Changes of what gateways agree on, in one step each. */
import { script } from './scripts.ts';

/** KEYS: the shared hash. ARGV: birth mark, document, its version until now ('0': none), the next, the sealed text. Answers 'ok', or 'moved'. */
export const changeScript = script(`
local function field(name) return redis.call('HGET', KEYS[1], name) or '' end
local version = field(ARGV[2] .. '.version')
if field('birth') ~= ARGV[1] or (version == '' and '0' or version) ~= ARGV[3] then return 'moved' end
redis.call('HSET', KEYS[1], ARGV[2] .. '.version', ARGV[4], ARGV[2] .. '.text', ARGV[5])
return 'ok'
`);

/** KEYS: the shared hash. ARGV: the new birth mark, and the sealed word that it follows the old one. */
export const acceptScript = script(`
redis.call('HSET', KEYS[1], 'birth', ARGV[1], 'succession', ARGV[2])
return 'ok'
`);
