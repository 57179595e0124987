/**
 * Calls that wait, in steps of one. A call is a hash that lives for a lease, which whoever waits for it renews: what a gateway that was killed has
 * asked ends by itself. `state` is 'waiting', 'decided' or 'spent'. What is asked and answered is sealed text, which scripts only pass on.
 */
import { script } from './scripts.ts';

const common = `
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function text(number)
  return string.format('%.0f', number)
end
`;

/**
 * KEYS: the ids that wait. ARGV: prefix of calls, id, grant, digest of what joins, sealed question, lease, time to live, most that may wait (milliseconds).
 * Answers { 'asked' }, { 'full' }, or { 'joined', id, question, milliseconds left }.
 */
export const askScript = script(`${common}
local prefix, id, grant, key, question, lease, life, most = unpack(ARGV)
local waiting, time = 0, now()
for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local state, ofGrant, ofKey, asked, ends = unpack(redis.call('HMGET', prefix .. other, 'state', 'grant', 'key', 'question', 'ends'))
  if not state then
    redis.call('ZREM', KEYS[1], other)
  elseif state == 'waiting' and ofGrant == grant then
    if ofKey == key then
      redis.call('HINCRBY', prefix .. other, 'holders', 1)
      return { 'joined', other, asked, math.max(0, tonumber(ends) - time) }
    end
    waiting = waiting + 1
  end
end
if waiting >= tonumber(most) then return { 'full' } end
redis.call('HSET', prefix .. id, 'state', 'waiting', 'grant', grant, 'key', key, 'question', question, 'holders', 1, 'ends', text(time + tonumber(life)))
redis.call('PEXPIRE', prefix .. id, lease)
redis.call('ZADD', KEYS[1], text(time), id)
return { 'asked' }
`);

/** KEYS: the ids that wait. ARGV: prefix of calls. Answers id, question, id, question, … of those that nobody has decided, oldest first. */
export const waitingScript = script(`
local found = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local state, question = unpack(redis.call('HMGET', ARGV[1] .. id, 'state', 'question'))
  if state == 'waiting' then
    found[#found + 1] = id
    found[#found + 1] = question
  end
end
return found
`);

/** KEYS: a call. ARGV: lease. Answers { state, sealed verdict or '' }; the state is 'gone' where nothing is there. */
export const lookScript = script(`
local state, verdict = unpack(redis.call('HMGET', KEYS[1], 'state', 'verdict'))
if not state then return { 'gone', '' } end
if state ~= 'spent' then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { state, verdict or '' }
`);

/**
 * KEYS: a call, how grants were refused. ARGV: sealed verdict, 'deny' or 'allow', refusals that block, milliseconds of a block.
 * Answers { 'ok' }, { 'gone' }, or { 'decided', the verdict that was first }.
 */
export const decideScript = script(`${common}
local state, grant, verdict = unpack(redis.call('HMGET', KEYS[1], 'state', 'grant', 'verdict'))
if not state or state == 'spent' then return { 'gone' } end
if state == 'decided' then return { 'decided', verdict } end
redis.call('HSET', KEYS[1], 'state', 'decided', 'verdict', ARGV[1], 'choice', ARGV[2])
if ARGV[2] ~= 'deny' then
  redis.call('HDEL', KEYS[2], grant .. ':refused', grant .. ':until')
elseif redis.call('HINCRBY', KEYS[2], grant .. ':refused', 1) >= tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[2], grant .. ':refused', 0, grant .. ':until', text(now() + tonumber(ARGV[4])))
end
return { 'ok' }
`);

/**
 * KEYS: a call, the ids that wait. ARGV: id, milliseconds for which others can see that it is spent. Answers { 'taken', verdict }, or { 'left' }.
 * A refusal is for all that wait; what allows is given out once.
 */
export const takeScript = script(`
local state, verdict, choice = unpack(redis.call('HMGET', KEYS[1], 'state', 'verdict', 'choice'))
if state == 'decided' then
  if choice ~= 'deny' then
    redis.call('HSET', KEYS[1], 'state', 'spent')
    redis.call('HDEL', KEYS[1], 'verdict')
  end
  redis.call('HDEL', KEYS[1], 'question')
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  redis.call('ZREM', KEYS[2], ARGV[1])
  return { 'taken', verdict }
end
if state == 'waiting' and redis.call('HINCRBY', KEYS[1], 'holders', -1) <= 0 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return { 'left' }
`);

/** KEYS: a call, the ids that wait. ARGV: id. Whoever else waits for it goes on. */
export const withdrawScript = script(`
if redis.call('EXISTS', KEYS[1]) == 1 and redis.call('HINCRBY', KEYS[1], 'holders', -1) <= 0 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return 'ok'
`);

/** KEYS: how grants were refused. ARGV: grant. Answers the milliseconds for which it is still refused. */
export const blockedScript = script(`${common}
local blocked = redis.call('HGET', KEYS[1], ARGV[1] .. ':until')
return math.max(0, tonumber(blocked or '0') - now())
`);

/** KEYS: editors. ARGV: holder, lease. */
export const arriveScript = script(`${common}
redis.call('ZADD', KEYS[1], text(now() + tonumber(ARGV[2])), ARGV[1])
return 'ok'
`);

/** KEYS: editors. Answers how many are there. */
export const editorsScript = script(`${common}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(now()))
return redis.call('ZCARD', KEYS[1])
`);
