package redisbroker

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// Who is there, in Redis: chat:online_users is a sorted set of user ids, each with when their last lease ends;
// chat:online_users:<hub> is the same of one hub, and chat:hubs has the hubs. Times are milliseconds of Redis's clock.
const (
	onlineKey = "chat:online_users"
	hubsKey   = "chat:hubs"
	together  = 1000 // people in one script, which takes about a millisecond
)

// The scripts' first arguments are a hub, how long a lease is, and what is added to Redis's clock (by tests).
const clock = `
local hub, long = ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]
local mine = KEYS[1] .. ':' .. hub
`

// lease returns those who were not there before.
var lease = redis.NewScript(clock + `
local came = {}
for i = 4, #ARGV do
  redis.call('ZADD', mine, now + long, ARGV[i])
  if redis.call('ZADD', KEYS[1], 'GT', now + long, ARGV[i]) == 1 then came[#came + 1] = ARGV[i] end
end
redis.call('ZADD', KEYS[2], now + long, hub)
for _, key in ipairs({mine, KEYS[1], KEYS[2]}) do redis.call('PEXPIRE', key, 4 * long) end
return came`)

// release returns those who are not there any more.
var release = redis.NewScript(clock + `
local gone, others = {}, {}
for _, other in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  if other ~= hub then others[#others + 1] = KEYS[1] .. ':' .. other end
end
for i = 4, #ARGV do
  local id, last = ARGV[i], nil
  redis.call('ZREM', mine, id)
  for _, key in ipairs(others) do
    local till = redis.call('ZSCORE', key, id)
    till = till and tonumber(till)
    if till and (not last or till > last) then last = till end
  end
  if last then redis.call('ZADD', KEYS[1], 'XX', last, id)
  elseif redis.call('ZREM', KEYS[1], id) == 1 then gone[#gone + 1] = id end
end
return gone`)

// expired returns people whose last lease has ended, and forgets them; and hubs that have ended.
var expired = redis.NewScript(clock + `
local before = '(' .. string.format('%.0f', now)
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'LIMIT', 0, 1000)
for _, id in ipairs(gone) do redis.call('ZREM', KEYS[1], id) end
for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', before)) do
  redis.call('DEL', KEYS[1] .. ':' .. other)
  redis.call('ZREM', KEYS[2], other)
end
return gone`)

// online returns those of the people who are there.
var online = redis.NewScript(clock + `
local there = {}
for i = 4, #ARGV do
  local till = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if till and tonumber(till) >= now then there[#there + 1] = ARGV[i] end
end
return there`)

// ask runs a script for people.
func (l *link) ask(ctx context.Context, script *redis.Script, long time.Duration, people []int64) (out []int64, err error) {
	for some := range slices.Chunk(people, together) {
		args := make([]any, 0, 3+len(some))
		args = append(args, l.id, long.Milliseconds(), l.shift().Milliseconds())
		for _, id := range some {
			args = append(args, id)
		}
		got, err := l.run(ctx, script, args)
		if out = append(out, got...); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (l *link) run(ctx context.Context, script *redis.Script, args []any) (out []int64, err error) {
	all, err := script.Run(ctx, l.redis.Main, []string{onlineKey, hubsKey}, args...).StringSlice()
	for _, one := range all {
		if id, err := strconv.ParseInt(one, 10, 64); err == nil {
			out = append(out, id)
		}
	}
	return out, err
}
