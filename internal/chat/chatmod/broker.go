package chatmod

import (
	"log/slog"

	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/hub/redisbroker"
	"agrovet/internal/platform/redisx"
)

// Broker connects the chats of several processes: Config.Live.Broker.
type Broker = hub.Broker

// RedisBroker is a Broker on Redis, which is closed after the module has ended.
func RedisBroker(server *redisx.Server, log *slog.Logger) Broker {
	return redisbroker.New(redisbroker.Config{Redis: server, Log: log})
}
