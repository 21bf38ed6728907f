package main

import (
	"log/slog"

	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/redisx"
)

// share opens what processes share: Redis, or without one this process's memory.
func (a *app) share() (err error) {
	if a.cfg.Redis.URL == "" {
		a.kv = kv.Memory(a.cfg.Cache.Size)
		return nil
	}
	a.redis, err = redisx.Open(redisx.Config{
		URL: a.cfg.Redis.URL, Trace: a.cfg.Tracing.Endpoint != "", Registerer: a.registry, Log: slog.Default()})
	if err == nil {
		a.kv = kv.Redis(a.redis, a.cfg.Cache.Size, a.registry)
	}
	return err
}

// unshare undoes share.
func (a *app) unshare() {
	if a.kv != nil {
		a.kv.Close()
	}
	if a.redis != nil {
		a.redis.Close()
	}
}
