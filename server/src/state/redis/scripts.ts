/**
 * What runs inside Redis or Valkey, in one step each, so that no other gateway's call comes between looking and counting. Lua numbers are
 * doubles, so sums are added digit by digit on decimal text (policy language §5: sums are exact). Must not know windows of the calendar: the
 * caller says where they begin and end, and is told when they are no longer the ones that hold the server's time.
 */
import { createHash } from 'node:crypto';

export interface Script {
  readonly source: string;
  /** By which the server knows a script that it has run before. */
  readonly sha1: string;
}

/** On decimal text without sign or exponent, as formatDecimal writes it. */
const decimals = `
local function parts(text)
  return string.match(text, '^(%d+)%.?(%d*)$')
end

-- The digits of both, equally many before and after the point, and how many stand after it.
local function aligned(a, b)
  local aWhole, aPart = parts(a)
  local bWhole, bPart = parts(b)
  local scale, width = math.max(#aPart, #bPart), math.max(#aWhole, #bWhole)
  local function digits(whole, part)
    return string.rep('0', width - #whole) .. whole .. part .. string.rep('0', scale - #part)
  end
  return digits(aWhole, aPart), digits(bWhole, bPart), scale
end

-- a + b with sign 1, a - b with sign -1; nil where that is below zero.
local function combine(a, b, sign)
  local x, y, scale = aligned(a, b)
  local digits, carry = {}, 0
  for place = #x, 1, -1 do
    local digit = string.byte(x, place) - 48 + sign * (string.byte(y, place) - 48) + carry
    carry = math.floor(digit / 10)
    digits[place] = digit - 10 * carry
  end
  if carry < 0 then return nil end
  local text = (carry > 0 and '1' or '') .. table.concat(digits)
  local whole, part = string.sub(text, 1, #text - scale), string.sub(text, #text - scale + 1)
  whole, part = string.gsub(whole, '^0+(%d)', '%1'), string.gsub(part, '0+$', '')
  return part == '' and whole or whole .. '.' .. part
end
`;

/**
 * KEYS: the clock, what gateways agree on, then one counter for each charge. ARGV: 'reserve' or 'probe'; the time in milliseconds since the
 * epoch, or '' for the server's own; the birth mark that counters must stand beside; then five for each charge: 'calendar', start, end, amount, max, or 'sliding', length, '', '', max (times and length in
 * milliseconds). Answers { 'ok' | 'moved' | 'replaced', time }, or { 'full', time, number of the charge, time of the call that is in the way or '' }.
 * A charge that lies behind the clock's end lives for another hour, so that a call can still be given back.
 */
const reserveSource = `${decimals}
local HOUR = 3600000
local function clock()
  if ARGV[2] ~= '' then return tonumber(ARGV[2]) end
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function text(number)
  return string.format('%.0f', number)
end

if (redis.call('HGET', KEYS[2], 'birth') or '') ~= ARGV[3] then return { 'replaced', '0' } end

local last = tonumber(redis.call('HGET', KEYS[1], 'time') or nil)
local now = clock()
if last and last > now then now = last end
if now ~= last then redis.call('HSET', KEYS[1], 'time', text(now)) end

local function argument(charge, number)
  return ARGV[3 + (charge - 1) * 5 + number]
end
for charge = 1, #KEYS - 2 do
  if argument(charge, 1) == 'calendar' then
    if now < tonumber(argument(charge, 2)) or now >= tonumber(argument(charge, 3)) then return { 'moved', text(now) } end
  end
end

for charge = 1, #KEYS - 2 do
  local key = KEYS[charge + 2]
  if argument(charge, 1) == 'calendar' then
    local sum = combine(redis.call('GET', key) or '0', argument(charge, 4), 1)
    if not combine(argument(charge, 5), sum, -1) then return { 'full', text(now), charge, '' } end
  else
    local max = tonumber(argument(charge, 5))
    redis.call('ZREMRANGEBYSCORE', key, '-inf', text(now - tonumber(argument(charge, 2))))
    local calls = redis.call('ZCARD', key)
    if calls >= max then
      local inTheWay = max > 0 and redis.call('ZRANGE', key, calls - max, calls - max, 'WITHSCORES')[2] or ''
      return { 'full', text(now), charge, inTheWay }
    end
  end
end
if ARGV[1] == 'probe' then return { 'ok', text(now) } end

for charge = 1, #KEYS - 2 do
  local key = KEYS[charge + 2]
  if argument(charge, 1) == 'calendar' then
    local sum = combine(redis.call('GET', key) or '0', argument(charge, 4), 1)
    redis.call('SET', key, sum, 'PX', text(tonumber(argument(charge, 3)) - now + HOUR))
  else
    redis.call('ZADD', key, text(now), redis.call('HINCRBY', KEYS[1], 'calls', 1))
    redis.call('PEXPIRE', key, text(tonumber(argument(charge, 2)) + HOUR))
  end
end
return { 'ok', text(now) }
`;

/** KEYS: the counters of a reservation. ARGV: three for each: 'calendar', '', amount, or 'sliding', time of the call, ''. */
const releaseSource = `${decimals}
for number, key in ipairs(KEYS) do
  local first = (number - 1) * 3
  if ARGV[first + 1] == 'calendar' then
    local sum = redis.call('GET', key)
    if sum then redis.call('SET', key, combine(sum, ARGV[first + 3], -1) or '0', 'KEEPTTL') end
  else
    local time = ARGV[first + 2]
    local call = redis.call('ZRANGEBYSCORE', key, time, time, 'LIMIT', 0, 1)[1]
    if call then redis.call('ZREM', key, call) end
  end
end
return 'ok'
`;

export const reserveScript = script(reserveSource);
export const releaseScript = script(releaseSource);

export function script(source: string): Script {
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}
